package dev.asyncloop.leak.descriptors;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pipes that a child process has open. This process may hold their other ends.
 *
 * @param name the number of the child and, if it is known, its command
 * @param pipes the targets of its links, such as {@code pipe:[123]}
 */
record ChildPipes(String name, Set<String> pipes) {

    /** The child process that holds the other end of {@code pipe}; null if none does any more. */
    static @Nullable ChildPipes holding(Descriptor pipe, Path self) {
        Path proc = self.resolveSibling("");
        return ProcessHandle.current()
                .children()
                .map(child -> of(child, proc))
                .filter(child -> child.pipes.contains(pipe.target()))
                .findFirst()
                .orElse(null);
    }

    private static ChildPipes of(ProcessHandle child, Path proc) {
        Path directory = proc.resolve(Long.toString(child.pid())).resolve("fd");
        String[] numbers = directory.toFile().list();
        Set<String> pipes = new HashSet<>();
        for (String number : numbers == null ? new String[0] : numbers) {
            try {
                String target =
                        Files.readSymbolicLink(directory.resolve(number)).toString();
                if (target.startsWith("pipe:[")) {
                    pipes.add(target);
                }
            } catch (IOException closed) {
                // closed since it was listed
            }
        }
        String command = child.info()
                .command()
                .map(path -> " " + new File(path).getName())
                .orElse("");
        return new ChildPipes(child.pid() + command, pipes);
    }
}
