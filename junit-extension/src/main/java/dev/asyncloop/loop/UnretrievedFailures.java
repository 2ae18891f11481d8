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
 * The tasks of a loop that failed while nobody saw to their outcome, each as little as a report needs. It is reported
 * once the task is collected, or the loop is closed, and forgotten when somebody looks at the outcome before.
 *
 * <p>asyncio's "exception was never retrieved". Any thread; a false alarm would be worse than a miss.
 */
final class UnretrievedFailures implements UnseenFailures {

    /** So many are kept; of what fails while there are more, nobody hears. */
    private static final int MOST = 1_000;

    /** No chain of causes is longer, unless it is a circle. */
    private static final int DEPTH = 100;

    private final EventLoop loop;

    /**
     * Without a lock of its own: a task that met the watchdog at one would be suspended in the middle of its failure.
     */
    private final Map<Identity, Kept> failures = new ConcurrentHashMap<>();

    private final AtomicLong count = new AtomicLong();

    /** A report is on its way to the loop. */
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

        /** Nobody can have looked unnoticed. */
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
     * {@code thrown} came out elsewhere, and so did its causes: whoever passed it on has looked. That is how one is
     * seen that went through {@code CompletableFuture.allOf}, which reads what is done already without calling a method
     * of it.
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

    /** What would be reported if the loop were closed now, the owner of each in its {@link TaskSnapshot}. */
    List<ExceptionContext> list() {
        return inOrder(failure -> true).map(failure -> failure.report).toList();
    }

    /** Takes out what is certain of the failures of {@code owner}, which is not reported any more then. */
    List<ExceptionContext> take(Owner owner) {
        return failures.isEmpty()
                ? List.of()
                : inOrder(failure -> failure.certain && failure.owner() == owner)
                        .filter(failure -> failures.remove(failure.key, failure))
                        .map(failure -> failure.report)
                        .toList();
    }

    /**
     * Whether it is to be reported now. What the account of its owner will show stays for that, unless somebody
     * listens.
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

    /** Loop thread only. What is left by a handler that throws an {@code Error}, comes the next time. */
    private void reportCollected() {
        scheduled.set(false);
        for (Kept collected : inOrder(this::isDue).toList()) {
            if (failures.remove(collected.key, collected)) {
                loop.callExceptionHandler(collected.report);
            }
        }
    }

    /** The loop is closed: what is to be reported now, and nothing later. */
    List<ExceptionContext> close() {
        closed = true;
        List<ExceptionContext> last = failures.isEmpty() ? List.of() : list();
        failures.clear();
        return last;
    }
}
