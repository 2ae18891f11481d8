package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ClientFix;
import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.text.TypeNames;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** An executor that nobody shut down, with its platform threads. */
record LeftoverExecutor(ExecutorService executor, List<Thread> workers, Beginning beginning) implements Begun {

    private static final String FIX = "shut it down, e.g. with try-with-resources";

    /** The executor if it was not shut down, else its threads that still live; null if {@code thing} is no executor. */
    static @Nullable List<Leftover> of(Object thing, Beginning beginning) {
        if (!(thing instanceof ExecutorService executor)) {
            return null;
        }
        List<Thread> workers = Workers.of(executor);
        if (KeptForAll.contains(beginning, workers)) {
            return List.of();
        }
        if (!executor.isShutdown()) {
            return Workers.hasLoose(executor) // which are told, each by itself
                    ? List.of()
                    : List.of(new LeftoverExecutor(executor, workers, beginning));
        }
        KeptExecutor kept = KeptExecutor.of(executor, workers, beginning);
        if (kept != null) {
            return List.of(kept);
        }
        return workers.stream()
                .<Leftover>map(worker -> worker(worker, beginning))
                .toList();
    }

    private static LeftoverThread worker(Thread worker, Beginning ofExecutor) {
        Beginning started = ThreadOrigins.of(worker);
        return new LeftoverThread(worker, started == null ? ofExecutor : started, true);
    }

    @Override
    public Leak leak() {
        List<StackTraceElement> created = beginning.fromUserCode();
        return new Leak(
                LeakKind.EXECUTOR,
                subject(),
                created,
                busyAt(),
                ClientFix.of(created).orElse(FIX),
                null,
                null);
    }

    private Subject.Executor subject() {
        String type = TypeNames.of(executor.getClass());
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

    @Override
    public boolean isThere() {
        return !executor.isShutdown() || workers.stream().anyMatch(Thread::isAlive);
    }

    @Override
    public List<ExecutorService> parts() {
        return List.of(executor);
    }

    /** Its own job may be about to shut it down: a service that stops often does so in its last job. */
    @Override
    public boolean mayEnd() {
        return switch (executor) {
            case ThreadPoolExecutor pool -> pool.getActiveCount() > 0;
            case ForkJoinPool pool -> pool.getActiveThreadCount() > 0;
            default -> !workers.isEmpty();
        };
    }

    /** Only an executor without threads may be garbage: threads would keep it alive. */
    @Override
    public boolean isPerhapsGarbage() {
        return workers.isEmpty();
    }

    /** If a virtual thread was found, an executor of virtual threads is probably the one that started it. */
    @Override
    public boolean isPartOf(Leak found) {
        return workers.isEmpty()
                && Workers.startsOneATask(executor)
                && found.subject() instanceof Subject.Task task
                && task.kind() == TaskKind.VIRTUAL_THREAD;
    }

    private List<StackTraceElement> busyAt() {
        return busyAt(workers);
    }

    /** Where one of these threads is in the user's code; empty if all wait for something to do. */
    static List<StackTraceElement> busyAt(List<Thread> workers) {
        return workers.stream()
                .map(worker -> CallStack.userCode(List.of(worker.getStackTrace())))
                .filter(stack -> !stack.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
