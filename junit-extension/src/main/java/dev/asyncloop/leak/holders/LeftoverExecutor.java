package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** An executor that nobody shut down, and its platform threads. */
record LeftoverExecutor(ExecutorService executor, List<Thread> workers, List<StackTraceElement> created)
        implements Leftover {

    private static final String FIX = "shut it down, e.g. with try-with-resources";

    /** Of one that was shut down, its threads. */
    static @Nullable List<Leftover> of(Object thing, Beginning beginning) {
        if (!(thing instanceof ExecutorService executor)) {
            return null;
        }
        List<Thread> workers = Workers.of(executor);
        if (KeptForAll.contains(beginning, workers)) {
            return List.of();
        }
        List<StackTraceElement> created = beginning.fromUserCode();
        if (!executor.isShutdown()) {
            return List.of(new LeftoverExecutor(executor, workers, created));
        }
        return workers.stream().<Leftover>map(worker -> worker(worker, created)).toList();
    }

    private static LeftoverThread worker(Thread worker, List<StackTraceElement> created) {
        Beginning started = ThreadOrigins.of(worker);
        return new LeftoverThread(worker, started == null ? created : started.fromUserCode(), true);
    }

    @Override
    public Leak leak() {
        return new Leak(LeakKind.EXECUTOR, subject(), created, busyAt(), FIX, null, null);
    }

    private Subject.Executor subject() {
        String type = executor.getClass().getSimpleName();
        return switch (executor) {
            case ThreadPoolExecutor pool ->
                new Subject.Executor(
                        type,
                        pool.getPoolSize(),
                        pool.getActiveCount(),
                        pool.getQueue().size());
            case ForkJoinPool pool ->
                new Subject.Executor(
                        type,
                        pool.getPoolSize(),
                        pool.getActiveThreadCount(),
                        pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount());
            default -> new Subject.Executor(type, workers.size(), -1, 0);
        };
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
                && Workers.startsOneATask(executor)
                && found.subject() instanceof Subject.Task task
                && task.kind() == TaskKind.VIRTUAL_THREAD;
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
