package dev.asyncloop.samples.bench.loop;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The same by virtual threads on the JDK's own scheduler, which gets one thread, as a loop has one: with more it would wake a
 * second one for each unparking.
 */
@State(Scope.Thread)
@OperationsPerInvocation(Work.OPERATIONS)
public class BareThreadBenchmarks {

    @Benchmark
    public void switchByYield() throws InterruptedException {
        onVirtualThread(() -> {
            Thread other = Thread.startVirtualThread(BareThreadBenchmarks::yieldHalfOfTheTime);
            yieldHalfOfTheTime();
            join(other);
        });
    }

    private static void yieldHalfOfTheTime() {
        for (int i = 0; i < Work.OPERATIONS / 2; i++) {
            Thread.yield();
        }
    }

    /** One operation is one switch: a thread unparks the other and parks itself. */
    @Benchmark
    public void switchByPark() throws InterruptedException {
        onVirtualThread(() -> new ParkGame().play());
    }

    @Benchmark
    public void switchByQueue() throws InterruptedException {
        onVirtualThread(() -> new QueueGame().play());
    }

    @Benchmark
    public void spawn() throws InterruptedException {
        onVirtualThread(BareThreadBenchmarks::spawnThreads);
    }

    static void spawnThreads() {
        for (int i = 0; i < Work.OPERATIONS / Work.BATCH; i++) {
            for (int j = 1; j < Work.BATCH; j++) {
                Thread.startVirtualThread(() -> {});
            }
            join(Thread.startVirtualThread(() -> {}));
        }
    }

    @Benchmark
    @OperationsPerInvocation(Work.GATHERED)
    public void gather() throws InterruptedException {
        onVirtualThread(() -> {
            List<Thread> threads = new ArrayList<>(Work.GATHERED);
            for (int i = 0; i < Work.GATHERED; i++) {
                threads.add(Thread.startVirtualThread(() -> {}));
            }
            threads.forEach(BareThreadBenchmarks::join);
        });
    }

    private static void onVirtualThread(Runnable body) throws InterruptedException {
        Thread.startVirtualThread(body).join();
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
