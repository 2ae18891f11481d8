package dev.asyncloop.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of the same JDK and class path, for what happens once in a JVM's life. */
public final class FreshJvm {

    private static final int LIMIT_SECONDS = 60;

    private FreshJvm() {}

    /** How it ended: {@code error} is what it wrote to the standard error stream, log records included. */
    public record Result(int exitCode, String output, String error) {}

    /** Runs {@code program} with {@code options} of the JVM, and none of ours. Fails where it does not end within 60 s. */
    public static Result run(Class<?> program, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.add(program.getName());
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        CompletableFuture<String> output = read(process.getInputStream());
        CompletableFuture<String> error = read(process.getErrorStream());
        boolean ended = false;
        try {
            ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.toHandle().destroyForcibly(); // unlike the process's own, it leaves the streams to be read
        }
        Result result = new Result(process.waitFor(), output.join(), error.join());
        if (!ended) {
            throw new AssertionError("it did not end by itself: " + command + ": " + result);
        }
        return result;
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> readAll(stream), command -> Thread.ofPlatform().daemon().start(command));
    }

    private static String readAll(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return broken.toString();
        }
    }
}
