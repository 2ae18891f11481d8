package dev.asyncloop.leak;

import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/** An executor that nobody shut down, and its platform threads. */
record LeftExecutor(ExecutorService executor, List<Thread> workers, List<StackTraceElement> created) implements Left {

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.EXECUTOR,
                "unclosed " + executor.getClass().getSimpleName() + " (" + state() + ")",
                created,
                busyAt(),
                "shut it down, e.g. with try-with-resources");
    }

    /** A job of its own may be about to shut it down: a service that stops does so on its way out. */
    @Override
    public boolean mayEnd() {
        return switch (executor) {
            case ThreadPoolExecutor pool -> pool.getActiveCount() > 0;
            case ForkJoinPool pool -> pool.getActiveThreadCount() > 0;
            default -> !workers.isEmpty();
        };
    }

    /** Its threads would keep it. */
    @Override
    public boolean isPerhapsGarbage() {
        return workers.isEmpty();
    }

    /** One of virtual threads, where such a thread was found: it is probably one of its. */
    @Override
    public boolean isPartOf(Leak found) {
        return workers.isEmpty()
                && executor.getClass().getSimpleName().equals("ThreadPerTaskExecutor")
                && found.kind() == LeakKind.PENDING_TASK
                && found.what().startsWith("virtual thread");
    }

    private String state() {
        return switch (executor) {
            case ThreadPoolExecutor pool ->
                state(pool.getActiveCount(), pool.getPoolSize(), pool.getQueue().size());
            case ForkJoinPool pool ->
                state(
                        pool.getActiveThreadCount(),
                        pool.getPoolSize(),
                        pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount());
            default -> threads(workers.size());
        };
    }

    private static String state(int busy, int threads, long queued) {
        return (busy == 0 ? "idle, " : busy + " busy of ")
                + threads(threads)
                + (queued == 0 ? "" : queued == 1 ? ", 1 task queued" : ", " + queued + " tasks queued");
    }

    private static String threads(int count) {
        return count == 0 ? "no thread" : count == 1 ? "1 thread" : count + " threads";
    }

    /** Where one that is busy is, in the user's code; empty where all wait for something to do. */
    private List<StackTraceElement> busyAt() {
        return workers.stream()
                .map(worker -> CallStack.userCode(List.of(worker.getStackTrace())))
                .filter(stack -> !stack.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
