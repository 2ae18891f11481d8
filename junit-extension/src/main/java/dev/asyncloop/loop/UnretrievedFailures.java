package dev.asyncloop.loop;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a loop that failed while nobody saw to their outcome, each as little as a report needs. It is reported once the
 * task is collected, or the loop is closed, and forgotten when somebody looks at the outcome before.
 *
 * <p>asyncio's "exception was never retrieved". Any thread; a false alarm would be worse than a miss.
 */
final class UnretrievedFailures {

    /** So many are kept; of what fails while there are more, nobody hears. */
    private static final int MOST = 1_000;

    /** No chain of causes is longer, unless it is a circle. */
    private static final int DEPTH = 100;

    private final EventLoop loop;

    /** In the order in which they failed. Guarded by this. */
    private final Map<Identity, Failure> failures = new LinkedHashMap<>();

    /** Whether {@link #failures} holds any. Written under the lock, read without it. */
    private volatile boolean any;

    /** Guarded by this. */
    private boolean closed;

    /** A report is on its way to the loop. Guarded by this. */
    private boolean scheduled;

    UnretrievedFailures(EventLoop loop) {
        this.loop = loop;
    }

    /** A failure that nobody looked at so far. */
    static final class Failure {

        private final WeakReference<Task<?>> task;
        private final ExceptionContext report;

        private Failure(Task<?> task, Throwable thrown) {
            this.task = new WeakReference<>(task);
            this.report = new ExceptionContext(
                    "Task exception was never retrieved",
                    thrown,
                    new TaskSnapshot(
                            task.label(), "failed", task.isBackground(), task.owner(), task.createdAt(), List.of()));
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

    /** {@code task} is about to fail with {@code thrown}; null where that is not kept. */
    @Nullable
    Failure note(Task<?> task, Throwable thrown) {
        Failure failure = new Failure(task, thrown);
        synchronized (this) {
            if (closed || failures.size() >= MOST) {
                return null;
            }
            failures.put(new Identity(thrown), failure);
            any = true;
        }
        return failure;
    }

    /** Somebody looked at the outcome. */
    synchronized void forget(Failure seen) {
        Throwable thrown = seen.report.exception();
        if (thrown != null && failures.remove(new Identity(thrown), seen)) {
            any = !failures.isEmpty();
        }
    }

    /**
     * {@code thrown} came out elsewhere, and so did its causes: whoever passed it on has looked. That is how one is seen that went
     * through {@code CompletableFuture.allOf}, which reads what is done already without calling a method of it.
     */
    void passedOn(Throwable thrown) {
        if (!any) {
            return;
        }
        synchronized (this) {
            Throwable cause = thrown;
            for (int depth = 0; cause != null && depth < DEPTH; depth++) {
                failures.remove(new Identity(cause));
                for (Throwable suppressed : cause.getSuppressed()) {
                    failures.remove(new Identity(suppressed));
                }
                cause = cause.getCause();
            }
            any = !failures.isEmpty();
        }
    }

    /** What would be reported if the loop were closed now, the owner of each in its {@link TaskSnapshot}. */
    synchronized List<ExceptionContext> list() {
        return failures.values().stream().map(failure -> failure.report).toList();
    }

    /** Has the loop report those whose tasks are gone. The watchdog's thread. */
    void look() {
        if (!any) {
            return;
        }
        synchronized (this) {
            if (scheduled || failures.values().stream().noneMatch(failure -> failure.task.refersTo(null))) {
                return;
            }
            scheduled = true;
        }
        loop.enqueue(new Handle(loop, this::reportCollected));
    }

    /** Loop thread only. */
    private void reportCollected() {
        synchronized (this) {
            scheduled = false;
        }
        for (Failure next = takeCollected(); next != null; next = takeCollected()) {
            loop.callExceptionHandler(next.report);
        }
    }

    private synchronized @Nullable Failure takeCollected() {
        for (Iterator<Failure> each = failures.values().iterator(); each.hasNext(); ) {
            Failure failure = each.next();
            if (failure.task.refersTo(null)) {
                each.remove();
                any = !failures.isEmpty();
                return failure;
            }
        }
        return null;
    }

    /** The loop is closed: what is to be reported now, and nothing later. */
    synchronized List<ExceptionContext> close() {
        List<ExceptionContext> last = list();
        closed = true;
        any = false;
        failures.clear();
        return last;
    }
}
