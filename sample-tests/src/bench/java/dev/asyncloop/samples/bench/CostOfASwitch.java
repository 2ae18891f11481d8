package dev.asyncloop.samples.bench;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Nanoseconds for what an event loop does all the time, beside the JDK's own virtual threads in the same run.
 *
 * <p>The JDK's scheduler gets one thread, as a loop has one; with more it would wake a second one for each unparking. JMH's
 * forks get the options of the JVM that starts them, and so the agent.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(CostOfASwitch.OPERATIONS)
public class CostOfASwitch {

    static final int OPERATIONS = 10_000;

    private static final String YARDSTICK = "bare_park_and_unpark";

    private final EventLoop loop = EventLoop.create();
    private int left;
    private boolean pingsTurn;

    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(CostOfASwitch.class.getName() + "\\.")
                        .build())
                .run();
        Map<String, Double> least = new TreeMap<>(); // the iteration that the machine disturbed least
        results.forEach(result -> least.put(
                result.getPrimaryResult().getLabel(),
                result.getPrimaryResult().getStatistics().getMin()));
        System.out.printf("%n%-28s %10s %24s%n", "least of the iterations", "ns each", "x " + YARDSTICK);
        least.forEach((label, nanos) ->
                System.out.printf("%-28s %,10.1f %,24.2f%n", label, nanos, nanos / least.get(YARDSTICK)));
    }

    @TearDown
    public void closeLoop() {
        loop.close();
    }

    /** A callback that asks for the next turn. */
    @Benchmark
    public void loop_callSoon_turn() {
        left = OPERATIONS;
        LoopFuture<Void> done = loop.createFuture();
        loop.callSoon(() -> countDown(done));
        loop.runUntilComplete(done);
    }

    private void countDown(LoopFuture<Void> done) {
        if (--left == 0) {
            done.complete(null);
        } else {
            loop.callSoon(() -> countDown(done));
        }
    }

    /** Two tasks that let each other run. */
    @Benchmark
    public void loop_switch_by_yield() {
        loop.runUntilComplete(() -> {
            Task<Void> other = loop.createTask(CostOfASwitch::yieldHalfOfTheTime);
            yieldHalfOfTheTime();
            other.await();
        });
    }

    private static void yieldHalfOfTheTime() {
        for (int i = 0; i < OPERATIONS / 2; i++) {
            Thread.yield();
        }
    }

    /** Two tasks that wake each other: one completes what the other awaits. */
    @Benchmark
    public void loop_switch_by_await() {
        loop.runUntilComplete(() -> {
            PingPong game = new PingPong(loop);
            Task<Void> other = loop.createTask(() -> game.play(OPERATIONS / 2));
            game.play(OPERATIONS / 2);
            other.await();
        });
    }

    private static final class PingPong {

        private final EventLoop loop;
        private LoopFuture<Void> ball;

        PingPong(EventLoop loop) {
            this.loop = loop;
            this.ball = loop.createFuture();
        }

        /** Gives the ball to the other side and waits until it is back. */
        void play(int times) {
            for (int i = 0; i < times; i++) {
                LoopFuture<Void> received = ball;
                ball = loop.createFuture();
                received.complete(null);
                if (i < times - 1) {
                    ball.await();
                }
            }
            ball.complete(null);
        }
    }

    /** The same as {@link #bare_park_and_unpark} on a loop. */
    @Benchmark
    public void loop_park_and_unpark() {
        loop.runUntilComplete(this::parkAndUnpark);
    }

    /** Two virtual threads that wake each other, on the JDK's scheduler. */
    @Benchmark
    public void bare_park_and_unpark() throws InterruptedException {
        Thread.startVirtualThread(this::parkAndUnpark).join();
    }

    private void parkAndUnpark() {
        Thread ping = Thread.currentThread();
        pingsTurn = true;
        Thread pong = Thread.startVirtualThread(() -> wake(ping, false));
        wake(pong, true);
    }

    private void wake(Thread other, boolean ping) {
        for (int i = 0; i < OPERATIONS / 2; i++) {
            while (pingsTurn != ping) {
                LockSupport.park();
            }
            pingsTurn = !ping;
            LockSupport.unpark(other);
        }
    }

    /** A task from its creation to its end. */
    @Benchmark
    public void loop_spawn_task() {
        loop.runUntilComplete(() -> {
            for (int i = 1; i < OPERATIONS; i++) {
                loop.createTask(() -> {});
            }
            loop.createTask(() -> {}).await();
        });
    }

    /** A virtual thread that code under test starts on the loop. */
    @Benchmark
    public void loop_spawn_thread() {
        loop.runUntilComplete(CostOfASwitch::spawn);
    }

    /** The same on the JDK's scheduler. */
    @Benchmark
    public void bare_spawn_thread() throws InterruptedException {
        Thread.startVirtualThread(CostOfASwitch::spawn).join();
    }

    private static void spawn() {
        Thread last = Thread.currentThread();
        for (int i = 0; i < OPERATIONS; i++) {
            last = Thread.startVirtualThread(() -> {});
        }
        try {
            last.join();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
