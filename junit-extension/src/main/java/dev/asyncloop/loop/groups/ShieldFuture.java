package dev.asyncloop.loop.groups;

import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promises;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends as another future does. If it is cancelled, the other future goes on. */
public final class ShieldFuture<T extends @Nullable Object> extends LoopFuture<T> {

    private final LoopFuture<T> inner;
    private final Consumer<LoopFuture<T>> whenInnerIsDone = this::innerDone;

    private ShieldFuture(LoopFuture<T> inner) {
        super(Promises.coreOf(inner));
        this.inner = inner;
    }

    /** The shield of {@code inner}; {@code inner} itself if it is done. */
    public static <T extends @Nullable Object> LoopFuture<T> of(LoopFuture<T> inner) {
        if (inner.isDone()) {
            return inner;
        }
        ShieldFuture<T> shield = new ShieldFuture<>(inner);
        inner.addDoneCallback(shield.whenInnerIsDone);
        return shield;
    }

    private void innerDone(LoopFuture<T> done) {
        Throwable failure = Promises.failure(done);
        if (failure == null) {
            complete(Promises.outcome(done));
        } else {
            fail(failure);
        }
    }

    /** Cancels the shield, and unregisters it from the inner future. */
    @Override
    public boolean cancel(@Nullable String message) {
        boolean cancelled = super.cancel(message);
        if (cancelled) {
            inner.removeDoneCallback(whenInnerIsDone);
        }
        return cancelled;
    }

    @Override
    protected boolean awaits(Coroutine coroutine) {
        return inner == coroutine.outcome();
    }

    @Override
    protected List<LoopFuture<T>> needs() {
        return List.of(inner);
    }

    @Override
    protected String describe() {
        return "shield of " + Promises.label(inner);
    }
}
