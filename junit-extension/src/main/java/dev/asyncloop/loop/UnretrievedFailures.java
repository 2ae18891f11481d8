package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.UnseenFailures;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.CombinedFutures;
import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a loop's tasks that nobody has looked at, each with only what a report needs. A failure is reported
 * when its task is garbage-collected or the loop is closed. It is forgotten when somebody looks at the outcome before.
 *
 * <p>asyncio's "exception was never retrieved". A false alarm would be worse than a miss. Any thread.
 */
final class UnretrievedFailures implements UnseenFailures {

    /** How many are kept. While there are so many, later failures are not noted. */
    private static final int MOST = 1_000;

    /** No chain of causes is longer, unless it is a circle. */
    private static final int DEPTH = 100;

    private final EventLoop loop;

    /**
     * Without a lock of its own: a task that met the watchdog at one would be suspended in the middle of its failure.
     */
    private final Map<Identity, Kept> failures = new ConcurrentHashMap<>();

    private final AtomicLong count = new AtomicLong();

    /** Whether a report is on its way to the loop. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile boolean closed;

    UnretrievedFailures(EventLoop loop) {
        this.loop = loop;
    }

    /** A failure that nobody looked at so far. */
    private static final class Kept implements Failure {

        private final long number;
        private final Identity key;
        private final WeakReference<Task<?>> task;
        private final ExceptionContext report;

        /** Whether nobody can have looked unnoticed. */
        private final boolean certain = CombinedFutures.areSeen();

        private Kept(long number, Task<?> task, Throwable thrown) {
            this.number = number;
            this.key = new Identity(thrown);
            this.task = new WeakReference<>(task);
            this.report = new ExceptionContext(
                    "Task exception was never retrieved", thrown, TaskSnapshot.failed(task.coroutine()));
        }

        private boolean isCollected() {
            return task.refersTo(null);
        }

        private @Nullable Owner owner() {
            return report.subject() instanceof TaskSnapshot snapshot ? snapshot.owner() : null;
        }
    }

    /** The same exception, not an equal one. */
    private static final class Identity {

        private final Throwable thrown;

        private Identity(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity identity && identity.thrown == thrown;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(thrown);
        }
    }

    @Override
    public @Nullable Failure note(Coroutine coroutine, Throwable thrown) {
        if (closed || failures.size() >= MOST) {
            return null;
        }
        Kept failure = new Kept(count.incrementAndGet(), Task.of(coroutine), thrown);
        failures.put(failure.key, failure);
        return failure;
    }

    @Override
    public void forget(Failure seen) {
        if (seen instanceof Kept kept) {
            failures.remove(kept.key, kept);
        }
    }

    /**
     * Forgets {@code thrown} and its causes: they came out elsewhere, so whoever passed them on has looked. This is how
     * a failure is noticed that went through {@code CompletableFuture.allOf}, which reads a future that is done without
     * calling a method of it.
     */
    @Override
    public void passedOn(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEPTH && !failures.isEmpty(); depth++) {
            failures.remove(new Identity(cause));
            for (Throwable suppressed : cause.getSuppressed()) {
                failures.remove(new Identity(suppressed));
            }
            cause = cause.getCause();
        }
    }

    /** What would be reported if the loop were closed now. The {@link TaskSnapshot} of each has its owner. */
    List<ExceptionContext> list() {
        return inOrder(failure -> true).map(failure -> failure.report).toList();
    }

    /** Takes out those failures of {@code owner} that certainly nobody has looked at. They are not reported later. */
    List<ExceptionContext> take(Owner owner) {
        return failures.isEmpty()
                ? List.of()
                : inOrder(failure -> failure.certain && failure.owner() == owner)
                        .filter(failure -> failures.remove(failure.key, failure))
                        .map(failure -> failure.report)
                        .toList();
    }

    /**
     * Whether it is to be reported now. A failure that the account of its owner will show is kept for that, unless the
     * loop has an exception handler.
     */
    private boolean isDue(Kept failure) {
        boolean kept = failure.certain && failure.owner() != null && loop.exceptionHandler() == null;
        return !kept && failure.isCollected();
    }

    private Stream<Kept> inOrder(Predicate<Kept> which) {
        return failures.values().stream().filter(which).sorted(Comparator.comparingLong(failure -> failure.number));
    }

    /** Has the loop report those whose tasks are gone. The watchdog's thread. */
    void look() {
        if (!failures.isEmpty()
                && failures.values().stream().anyMatch(this::isDue)
                && scheduled.compareAndSet(false, true)) {
            new Callback(loop.core(), this::reportCollected).enqueue();
        }
    }

    /**
     * Reports failures whose tasks were collected. If the handler throws an {@code Error}, the rest is reported the
     * next time. Loop thread only.
     */
    private void reportCollected() {
        scheduled.set(false);
        for (Kept collected : inOrder(this::isDue).toList()) {
            if (failures.remove(collected.key, collected)) {
                loop.callExceptionHandler(collected.report);
            }
        }
    }

    /** Closes it with the loop. Returns what is to be reported now; nothing is reported later. */
    List<ExceptionContext> close() {
        closed = true;
        List<ExceptionContext> last = failures.isEmpty() ? List.of() : list();
        failures.clear();
        return last;
    }
}
