package dev.asyncloop.loop.executors;

import java.util.concurrent.RejectedExecutionException;

/** The sentences for wrong uses of a loop's executors, asyncio's own where it has one. */
final class ExecutorMisuse {

    private ExecutorMisuse() {}

    static IllegalStateException executorShutDown() {
        return new IllegalStateException("Executor shutdown has been called");
    }

    static RejectedExecutionException rejectedAfterShutdown() {
        return new RejectedExecutionException("the executor was shut down and takes no more commands");
    }

    static RejectedExecutionException rejectedByClosedLoop() {
        return new RejectedExecutionException("Event loop is closed");
    }

    static IllegalArgumentException periodNotPositive(long period) {
        return new IllegalArgumentException("the period must be positive: " + period);
    }

    static IllegalArgumentException nothingToInvoke() {
        return new IllegalArgumentException("invokeAny needs at least one command");
    }
}
