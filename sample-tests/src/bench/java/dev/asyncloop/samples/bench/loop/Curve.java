package dev.asyncloop.samples.bench.loop;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.TimerHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What one operation costs beside 10, 100, … a million tasks that sleep on the same loop, and so as many timers. It may grow with
 * the logarithm of their number, as the queue of timers does. A program of its own, because no sleeper is waited for.
 */
final class Curve {

    static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000, 100_000, 1_000_000);

    private static final Duration FAR = Duration.ofHours(1);
    private static final int OPERATIONS = 20_000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 5;

    /** What is measured beside the sleepers. */
    enum Operation {
        SWITCH("switch of two tasks by `sleep(0)`", Curve::switchNanos),
        SPAWN("spawn and finish", Curve::spawnNanos),
        TIMER("`callLater(0)` until it is called", Curve::timerNanos),
        CANCEL("cancel of a timer", Curve::cancelNanos);

        private final String title;
        private final IntToDoubleFunction nanos;

        Operation(String title, IntToDoubleFunction nanos) {
            this.title = title;
            this.nanos = nanos;
        }

        String title() {
            return title;
        }

        String key(int sleepers) {
            return "curve." + name() + "." + sleepers;
        }

        /** Of the round that the machine disturbed least. */
        private double leastNanos(int sleepers) {
            return IntStream.range(0, ROUNDS)
                    .mapToDouble(round -> nanos.applyAsDouble(sleepers))
                    .min()
                    .orElseThrow();
        }
    }

    private Curve() {}

    public static void main(String[] arguments) {
        EventLoop.create().runUntilComplete(() -> {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                Arrays.stream(Operation.values()).forEach(operation -> operation.leastNanos(0));
            }
            int sleepers = 0;
            for (int size : SIZES) {
                for (; sleepers < size; sleepers++) {
                    EventLoop.running().createTask(() -> Asyncio.sleep(FAR));
                }
                Asyncio.sleep(Duration.ZERO);
                System.gc();
                for (Operation operation : Operation.values()) {
                    Program.report(Contender.ASYNCLOOP, operation.key(size), operation.leastNanos(size));
                }
            }
        });
        Runtime.getRuntime().halt(0);
    }

    private static double switchNanos(int sleepers) {
        long start = System.nanoTime();
        var other = EventLoop.running().createTask(Curve::yieldHalfOfTheTime);
        yieldHalfOfTheTime();
        other.await();
        return since(start, OPERATIONS);
    }

    private static void yieldHalfOfTheTime() {
        for (int i = 0; i < OPERATIONS / 2; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    private static double spawnNanos(int sleepers) {
        EventLoop loop = EventLoop.running();
        long start = System.nanoTime();
        for (int i = 0; i < OPERATIONS / Work.BATCH; i++) {
            for (int j = 1; j < Work.BATCH; j++) {
                loop.createTask(() -> {});
            }
            loop.createTask(() -> {}).await();
        }
        return since(start, OPERATIONS);
    }

    private static double timerNanos(int sleepers) {
        EventLoop loop = EventLoop.running();
        LoopFuture<Void> done = loop.createFuture();
        long start = System.nanoTime();
        new Countdown(OPERATIONS, next -> loop.callLater(Duration.ZERO, next), () -> done.complete(null)).run();
        done.await();
        return since(start, OPERATIONS);
    }

    /** So many that the cancelled timers outnumber the sleepers', and have to be cleared away, more than once. */
    private static double cancelNanos(int sleepers) {
        EventLoop loop = EventLoop.running();
        TimerHandle[] timers = new TimerHandle[OPERATIONS];
        int times = 1 + 3 * sleepers / OPERATIONS;
        double sum = 0;
        for (int i = 0; i < times; i++) {
            Arrays.setAll(timers, timer -> loop.callLater(FAR, () -> {}));
            long start = System.nanoTime();
            for (TimerHandle timer : timers) {
                timer.cancel();
            }
            sum += since(start, OPERATIONS);
        }
        return sum / times;
    }

    private static double since(long start, int operations) {
        return (System.nanoTime() - start) / (double) operations;
    }
}
