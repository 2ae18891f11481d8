package dev.asyncloop.loop;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends as another future does, which goes on where this one is cancelled. */
final class ShieldFuture<T extends @Nullable Object> extends LoopFuture<T> {

    private final LoopFuture<T> inner;
    private final Consumer<LoopFuture<T>> whenInnerIsDone = this::innerDone;

    private ShieldFuture(LoopFuture<T> inner) {
        super(inner.loop());
        this.inner = inner;
    }

    static <T extends @Nullable Object> LoopFuture<T> of(LoopFuture<T> inner) {
        if (inner.isDone()) {
            return inner;
        }
        ShieldFuture<T> shield = new ShieldFuture<>(inner);
        inner.addDoneCallback(shield.whenInnerIsDone);
        return shield;
    }

    private void innerDone(LoopFuture<T> done) {
        Throwable failure = done.failure();
        if (failure == null) {
            complete(done.outcome());
        } else {
            fail(failure);
        }
    }

    /** What it shields keeps nothing of it. */
    @Override
    public boolean cancel(@Nullable String message) {
        boolean cancelled = super.cancel(message);
        if (cancelled) {
            inner.removeDoneCallback(whenInnerIsDone);
        }
        return cancelled;
    }

    @Override
    boolean awaits(Task<?> task) {
        return inner == task;
    }

    @Override
    List<LoopFuture<T>> needs() {
        return List.of(inner);
    }

    @Override
    String describe() {
        return "shield of " + (inner instanceof Task<?> task ? task.label() : "a future");
    }
}
