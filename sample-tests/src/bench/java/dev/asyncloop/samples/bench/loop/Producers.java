package dev.asyncloop.samples.bench.loop;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Platform threads that call a loop from outside, {@link Work#OPERATIONS} times together. */
final class Producers implements AutoCloseable {

    private final ExecutorService pool = Executors.newFixedThreadPool(
            Work.THREADS, Thread.ofPlatform().daemon().factory());

    /** Lets so many threads make {@code call} as often as they can. */
    void start(int threads, Runnable call) {
        for (int thread = 0; thread < threads; thread++) {
            pool.execute(() -> {
                for (int i = 0; i < Work.OPERATIONS / threads; i++) {
                    call.run();
                }
            });
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
