package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.snapshot.Activity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of an event loop: the future of what its body ends with.
 *
 * <p>asyncio's {@code Task}. The body runs on a virtual thread that the loop schedules: whatever blocks in it suspends
 * the task, and the loop runs on. A virtual thread that the code under test starts inside the loop is a task as well.
 * Only the end of its body completes a task.
 */
public final class Task<T extends @Nullable Object> extends TaskFuture<T> {

    Task(Coroutine coroutine) {
        super(coroutine);
    }

    /** The task of the user that belongs to {@code coroutine}. */
    static Task<?> of(Coroutine coroutine) {
        return (Task<?>) coroutine.outcome();
    }

    static @Nullable Task<?> ofNullable(@Nullable Coroutine coroutine) {
        return coroutine == null ? null : of(coroutine);
    }

    /** The name it was given, or else {@code task-} and its number on the loop. Any thread. */
    public String name() {
        return coroutine().name();
    }

    /** Whether it was started by {@link EventLoop#createBackgroundTask}. Any thread. */
    public boolean isBackground() {
        return coroutine().isBackground();
    }

    /**
     * Where it was created, from the first line of user code on. A loop notes that if it has an owner or is in debug
     * mode; otherwise, and without such a line, it is empty. Any thread.
     */
    public List<StackTraceElement> createdAt() {
        return coroutine().createdAt();
    }

    /** Where it is now, from the first line of user code on. Empty before it starts and when it is done. Any thread. */
    public List<StackTraceElement> stackTrace() {
        return coroutine().stackTrace();
    }

    /**
     * Asks the task to end, by interrupting its thread. The future that the task awaits is cancelled with it. In
     * {@link #await} the body sees a {@link CancelledException}, in a blocking call of the JDK an
     * {@link InterruptedException}. A task that has not started never runs. Any thread.
     *
     * <p>Code that cancels a task and then handles that itself, as {@link TimeoutScope} does, takes the request back
     * with {@link #uncancel()}.
     *
     * @return false if it is done already. True does not say how it will end: the body may catch the exception and go
     *     on
     */
    @Override
    public boolean cancel(@Nullable String message) {
        return coroutine().cancel(message);
    }

    /**
     * How many requests to cancel it are open. Every {@link #cancel} adds one, and stays open even if the body caught
     * the exception. Any thread.
     */
    public int cancelling() {
        return coroutine().cancelling();
    }

    /**
     * Withdraws one request to cancel it, and returns how many are left. If none is left, the body does not learn of a
     * request that it has not noticed yet; a blocking call of the JDK may have been interrupted already. A task that is
     * done stays as it is. Any thread.
     */
    public int uncancel() {
        return coroutine().uncancel();
    }

    @Override
    public String toString() {
        List<StackTraceElement> where = isDone() ? List.of() : stackTrace();
        List<StackTraceElement> from = createdAt();
        return "<" + label() + (cancelling() > 0 && !isDone() ? " cancelling" : "") + ", " + Activity.of(coroutine())
                + (from.isEmpty() ? "" : ", created at " + from.get(0))
                + (where.isEmpty() ? "" : ", waiting at " + where.get(0)) + ">";
    }
}
