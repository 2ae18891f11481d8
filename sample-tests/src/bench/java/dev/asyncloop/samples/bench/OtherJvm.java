package dev.asyncloop.samples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs that need a JVM of their own, since the JDK of this one was edited. */
final class OtherJvm {

    private static final String AGENT = "-javaagent:";

    private OtherJvm() {}

    /** The options of this JVM. */
    static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** The same without our agent, so that the JDK is not edited. */
    static List<String> withoutAgent() {
        return options().stream().filter(option -> !option.startsWith(AGENT)).toList();
    }

    /** Runs a program in a JVM of its own, which prints {@code what<TAB>value} for each figure; the least of its runs counts. */
    static void run(Map<String, Double> figures, List<String> options, Class<?> program, String what) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), what));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                output.lines()
                        .map(line -> line.split("\t"))
                        .forEach(figure -> figures.merge(figure[0], Double.valueOf(figure[1]), Math::min));
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("failed: " + String.join(" ", command));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
