package dev.asyncloop.samples.bench;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.Asyncio;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Opens, starts and closes things over and over, in an account of its own or in none; or runs one empty test. */
final class LeakCheckProgram {

    /** Frames between a test's body and its runner's main, more or less. */
    private static final int DEPTH = 50;

    private static final int ROUNDS = 9;
    private static final int MILLION = 1_000_000;

    private LeakCheckProgram() {}

    private interface Work {
        void once() throws Exception;
    }

    static class Bare {
        @Test
        void empty() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Watched {
        @Test
        void empty() {}
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "bare" -> Asyncio.run(() -> measure());
            case "watched" -> Leaks.verifyNone("the program", LeakCheckProgram::measure);
            case "empty test" -> TestRun.microsPerTest(List.of(Bare.class), 1);
            case "empty test on a loop" -> TestRun.microsPerTest(List.of(Watched.class), 1);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void measure() throws Exception {
        Path file = Files.createTempFile("asyncloop", null);
        Work input = () -> new FileInputStream(file.toFile()).close();
        measure("FileInputStream, microseconds", 20_000, input);
        measure(
                "Files.newByteChannel, microseconds",
                20_000,
                () -> Files.newByteChannel(file).close());
        measure(
                "Files.list, microseconds",
                20_000,
                () -> Files.list(Path.of("/proc/self/task")).close());
        measure(
                "SocketChannel.open, microseconds",
                20_000,
                () -> SocketChannel.open().close());
        measure("Selector.open, microseconds", 20_000, () -> Selector.open().close());
        measure(
                "Thread.start and join, microseconds",
                2_000,
                () -> Thread.ofPlatform().start(() -> {}).join());
        measure(
                "executor without a thread, microseconds",
                5_000,
                () -> Executors.newFixedThreadPool(1).close());
        measure("executor with a thread, microseconds", 2_000, () -> {
            try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
                executor.submit(() -> {}).get();
            }
        });
        long before = heap();
        repeat(MILLION, input);
        System.out.printf("a million files opened and closed, KB kept\t%.2f%n", (heap() - before) / 1024.0);
        Files.delete(file);
    }

    private static void measure(String what, int times, Work work) throws Exception {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, deep(DEPTH, times, work));
        }
        System.out.printf("%s\t%.3f%n", what, least);
    }

    private static double deep(int depth, int times, Work work) throws Exception {
        return depth == 0 ? repeat(times, work) : deep(depth - 1, times, work);
    }

    private static double repeat(int times, Work work) throws Exception {
        long from = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.once();
        }
        return (System.nanoTime() - from) / 1e3 / times;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
