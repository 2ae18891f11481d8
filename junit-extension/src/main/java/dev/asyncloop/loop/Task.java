package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.snapshot.Activity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine under way on an event loop, and the future of its result.
 *
 * <p>asyncio's {@code Task}. Its body runs on a virtual thread that the loop schedules: whatever blocks in it suspends
 * it, and the loop runs on. A virtual thread that the code under test starts itself inside the loop is a task as well.
 * A task completes only by its body.
 */
public final class Task<T extends @Nullable Object> extends TaskFuture<T> {

    Task(Coroutine coroutine) {
        super(coroutine);
    }

    /** The task that {@code coroutine} is to the user. */
    static Task<?> of(Coroutine coroutine) {
        return (Task<?>) coroutine.outcome();
    }

    static @Nullable Task<?> ofNullable(@Nullable Coroutine coroutine) {
        return coroutine == null ? null : of(coroutine);
    }

    /** The name it was given, or the loop's count of tasks. Any thread. */
    public String name() {
        return coroutine().name();
    }

    /** Whether it was started by {@link EventLoop#createBackgroundTask}. Any thread. */
    public boolean isBackground() {
        return coroutine().isBackground();
    }

    /**
     * Where it was created, from the first line of user code on. Empty where there is none, and where nobody asked for
     * it: a loop notes it if it has an owner or is in debug mode. Any thread.
     */
    public List<StackTraceElement> createdAt() {
        return coroutine().createdAt();
    }

    /** Where it is now, from the first line of user code on; empty where it did not start or is done. Any thread. */
    public List<StackTraceElement> stackTrace() {
        return coroutine().stackTrace();
    }

    /**
     * Asks the task to end: interrupts its thread. In {@link #await} that is a {@link CancelledException}, in the JDK's
     * blocking calls an {@link InterruptedException}; what the task awaits is cancelled with it. A task that did not
     * start never runs. Any thread.
     *
     * <p>Whoever asks for it and then handles it himself, as {@link TimeoutScope} does, takes it back with
     * {@link #uncancel()}.
     *
     * @return false if it is done already; true says nothing of how it will end, since a task may catch it and go on
     */
    @Override
    public boolean cancel(@Nullable String message) {
        return coroutine().cancel(message);
    }

    /**
     * How many requests to cancel it are open: every {@link #cancel} is one more, also where the body caught it. Any
     * thread.
     */
    public int cancelling() {
        return coroutine().cancelling();
    }

    /**
     * Takes one request to cancel it back, and returns how many are left. Where none is, what the body has not noticed
     * yet is withdrawn; a blocking call of the JDK has by then been interrupted. What is done stays as it ended. Any
     * thread.
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
