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
 * The jobs that a loop hands to other threads, and the default executor, which does those for which no executor is
 * named.
 *
 * <p>Loop thread only, where a method does not say otherwise.
 */
public final class Jobs {

    /** As many as in asyncio. */
    private static final int THREADS = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

    private static final Executor JOINER =
            join -> Thread.ofPlatform().daemon().name("asyncloop-executor-join").start(join);

    private final LoopCore core;
    private @Nullable ExecutorService executor;

    /** Whether the loop made the executor itself. */
    private boolean ours;

    private boolean shutdown;

    /** The jobs of one loop. */
    public Jobs(LoopCore core) {
        this.core = core;
    }

    /** Has the default executor do {@code job}; makes that executor if there is none. */
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

    /** Has {@code where} do {@code job}; throws what the executor throws if it refuses. */
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

    /**
     * Makes the default executor. Its queue takes a job without a lock, since the task that hands the job over must not
     * wait.
     */
    private static ExecutorService newExecutor() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedTransferQueue<>(),
                Thread.ofPlatform().daemon().name("asyncloop-executor-", 1).factory());
    }

    /**
     * Sets the default executor. If the one before is ours, it ends when its jobs are done; otherwise its owner shuts
     * it down.
     */
    public void setExecutor(ExecutorService replacement) {
        if (executor != null && ours) {
            executor.shutdown();
        }
        executor = replacement;
        ours = false;
    }

    /** Whether there is a default executor. */
    public boolean hasExecutor() {
        return executor != null;
    }

    /**
     * Shuts the default executor down, and waits at most for {@code limit} until its threads have ended. It waits in
     * real time, whatever the loop's clock says. In a task of the loop.
     */
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
