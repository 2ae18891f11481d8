package dev.asyncloop.loop.main;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One phase of a {@link MainTask}, and the future of its result. Cancelling it cancels the main task at its next await.
 */
final class PhaseFuture<T extends @Nullable Object> extends Promise<T> {

    private final Coroutine task;
    private final MainTask.Phase<? extends T> body;

    /** Whether the phase has begun. Guarded by this, as is the cancellation of the main task. */
    private boolean begun;

    /** Whether it was cancelled before it began. Guarded by this. */
    private boolean cancelledEarly;

    PhaseFuture(Coroutine task, MainTask.Phase<? extends T> body) {
        super(task.core());
        this.task = task;
        this.body = body;
    }

    @Override
    protected Coroutine body() {
        return task;
    }

    /** Runs the body and completes this future. In the main task. */
    void perform() {
        begin();
        try {
            T result = body.run();
            if (task.cancellation().forget()) {
                super.cancel(task.cancelMessage());
            } else {
                complete(result);
            }
        } catch (Throwable thrown) {
            CallStack.trimEnd(thrown);
            fail(thrown);
        } finally {
            task.cancellation().forget();
        }
    }

    /** As JUnit would call it: interrupted, but called, since a tear-down has work to do in any case. */
    private synchronized void begin() {
        begun = true;
        task.cancellation().deliver();
        if (cancelledEarly) {
            task.cancel("interrupted");
        }
    }

    @Override
    protected List<Promise<?>> needs() {
        return List.of(task.outcome());
    }

    @Override
    public synchronized boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        if (begun) {
            return task.cancel(message);
        }
        cancelledEarly = true;
        return true;
    }
}
