package dev.asyncloop.samples.zoo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;

/** By what Jupiter runs tests at the same time. */
enum Executor {
    FORK_JOIN_POOL,
    /** Since 6.1. */
    WORKER_THREAD_POOL;

    private static final String PARALLEL = "junit.jupiter.execution.parallel.";
    private static final String CLASS_OF_WORKER_THREAD_POOL =
            "org/junit/platform/engine/support/hierarchical/WorkerThreadPoolHierarchicalTestExecutorService.class";

    void assumeKnown() {
        assumeTrue(
                this == FORK_JOIN_POOL
                        || Executor.class.getClassLoader().getResource(CLASS_OF_WORKER_THREAD_POOL) != null,
                () -> "this Jupiter has no " + this);
    }

    /** The configuration parameters. */
    Map<String, String> withThreads(int number) {
        return Map.of(
                PARALLEL + "enabled", "true",
                PARALLEL + "mode.default", "concurrent",
                PARALLEL + "config.executor-service", name(),
                PARALLEL + "config.strategy", "fixed",
                PARALLEL + "config.fixed.parallelism", Integer.toString(number));
    }
}
