package dev.asyncloop.leak.descriptors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with links, as {@code /proc/self/fd} has them, to whatever a test wants open. */
final class FakeProc {

    private final Path proc;

    FakeProc(Path proc) throws IOException {
        this.proc = proc;
        Files.createDirectories(proc.resolve("self/fd"));
    }

    Path path() {
        return proc;
    }

    void open(int number, String target) throws IOException {
        Files.createSymbolicLink(link(number), Path.of(target));
    }

    void close(int number) throws IOException {
        Files.delete(link(number));
    }

    private Path link(int number) {
        return proc.resolve("self/fd").resolve(Integer.toString(number));
    }
}
