package dev.asyncloop.samples.bench.loop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A measurement in a process of its own, which prints {@code contender<TAB>what<TAB>value} for each figure. */
final class Program {

    /** One thread for the JDK's own virtual threads, as a loop has one. */
    static final List<String> ONE_CARRIER =
            List.of("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1");

    private Program() {}

    /** Runs a class of ours in a JVM with the options and the agent of this one. */
    static void java(Figures figures, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(ONE_CARRIER);
        command.add("-Xmx4g");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        run(figures, command);
    }

    /** Any program that prints its figures so. */
    static void run(Figures figures, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    System.out.println(line);
                    if (line.contains("\t")) {
                        figures.add(line);
                    }
                }
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.getLast() + " failed: " + String.join(" ", command));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** The first line that a command prints; none where it is missing or fails. */
    static Optional<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader output = process.inputReader()) {
                String line = output.readLine();
                return process.waitFor() == 0 ? Optional.ofNullable(line) : Optional.empty();
            }
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** What a program prints for {@link #run}. */
    static void report(Contender contender, String what, double value) {
        System.out.printf("%s\t%s\t%.2f%n", contender.key(), what, value);
    }
}
