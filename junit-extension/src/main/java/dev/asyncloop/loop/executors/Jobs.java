package dev.asyncloop.loop.executors;

import dev.asyncloop.loop.core.CoreMisuse;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.text.Log;
import dev.asyncloop.text.Words;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a loop hands to other threads, and the default executor that takes it where none is named.
 *
 * <p>Loop thread only, but for what says otherwise.
 */
public final class Jobs {

    /** As many as asyncio's. */
    private static final int THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

    private static final Executor JOINER =
            join -> Thread.ofPlatform().daemon().name("asyncloop-executor-join").start(join);

    private final LoopCore core;
    private @Nullable ExecutorService executor;

    /** Nobody but us knows the executor. */
    private boolean ours;

    private boolean shutdown;

    /** Of one loop. */
    public Jobs(LoopCore core) {
        this.core = core;
    }

    public <T extends @Nullable Object> Promise<T> start(Callable<? extends T> job) {
        if (shutdown) {
            throw ExecutorMisuse.executorShutDown();
        }
        ExecutorService present = executor;
        if (present == null) {
            present = newExecutor();
            executor = present;
            ours = true;
        }
        return start(present, job);
    }

    public <T extends @Nullable Object> Promise<T> start(Executor where, Callable<? extends T> job) {
        JobFuture<T> future = new JobFuture<>(core, job);
        core.work().handedOut();
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
    public void setExecutor(ExecutorService replacement) {
        if (executor != null && ours) {
            executor.shutdown();
        }
        executor = replacement;
        ours = false;
    }

    public boolean hasExecutor() {
        return executor != null;
    }

    /** Waits for the threads as for a job: in real time, also where the loop's clock is another one. */
    public void shutDown(Duration limit) {
        long nanos = Nanos.of(limit);
        if (Here.requireCoroutine().core() != core) {
            throw CoreMisuse.foreignThread();
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
            Log.log(
                    Level.WARNING,
                    "The executor did not finishing joining its threads within " + Words.inSeconds(nanos)
                            + " seconds.");
        }
    }

    /** Shuts the executor down without waiting. The closing thread only. */
    public void close() {
        shutdown = true;
        if (executor != null) {
            executor.shutdown();
        }
    }
}
