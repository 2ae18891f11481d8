package dev.asyncloop.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a loop hands to other threads, and the default executor that takes it where none is named.
 *
 * <p>Loop thread only, but for what says otherwise.
 */
final class Jobs {

    /** As many as asyncio's. */
    private static final int THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

    private static final Executor JOINER =
            join -> Thread.ofPlatform().daemon().name("asyncloop-executor-join").start(join);

    private final EventLoop loop;
    private final AtomicInteger inFlight = new AtomicInteger();

    private @Nullable ExecutorService executor;

    /** Nobody but us knows the executor. */
    private boolean ours;

    private boolean shutdown;

    Jobs(EventLoop loop) {
        this.loop = loop;
    }

    /** How many were handed out and did not come back. Any thread. */
    int inFlight() {
        return inFlight.get();
    }

    /** One came back, or never will. Any thread. */
    void ended() {
        inFlight.decrementAndGet();
    }

    <T extends @Nullable Object> LoopFuture<T> start(Callable<? extends T> job) {
        if (shutdown) {
            throw Misuse.executorShutDown();
        }
        ExecutorService present = executor;
        if (present == null) {
            present = newExecutor();
            executor = present;
            ours = true;
        }
        return start(present, job);
    }

    <T extends @Nullable Object> LoopFuture<T> start(Executor where, Callable<? extends T> job) {
        JobFuture<T> future = new JobFuture<>(loop, this, job);
        inFlight.incrementAndGet();
        try {
            where.execute(future);
        } catch (RuntimeException | Error refused) {
            future.cancel("refused");
            throw refused;
        }
        return future;
    }

    /** The queue is one that takes a job without a lock: a task that hands it over is not to wait. */
    private static ExecutorService newExecutor() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedTransferQueue<>(),
                Thread.ofPlatform().daemon().name("asyncloop-executor-", 1).factory());
    }

    /** The one before is its owner's to shut down; ours ends once its jobs are done. */
    void setExecutor(ExecutorService replacement) {
        if (executor != null && ours) {
            executor.shutdown();
        }
        executor = replacement;
        ours = false;
    }

    boolean hasExecutor() {
        return executor != null;
    }

    /** Waits for the threads as for a job: in real time, also where the loop's clock is another one. */
    void shutDown(Duration limit) {
        long nanos = Nanos.of(limit);
        if (Asyncio.requireTask().loop() != loop) {
            throw Misuse.foreignThread();
        }
        shutdown = true;
        ExecutorService joined = executor;
        if (joined == null) {
            return;
        }
        joined.shutdown();
        boolean inTime = start(JOINER, () -> joined.awaitTermination(nanos, TimeUnit.NANOSECONDS))
                .await();
        if (!inTime) {
            LoopLog.LOGGER.log(
                    Level.WARNING,
                    "The executor did not finishing joining its threads within " + Nanos.inSeconds(nanos)
                            + " seconds.");
        }
    }

    /** Shuts the executor down without waiting. The closing thread only. */
    void close() {
        shutdown = true;
        if (executor != null) {
            executor.shutdown();
        }
    }
}
