package dev.asyncloop.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results of several futures in their order; the first failure is its own. Cancelling it cancels them all. */
final class GatheringFuture<T extends @Nullable Object> extends LoopFuture<List<T>> {

    private final List<LoopFuture<? extends T>> children;
    private int pending;
    private volatile boolean cancelRequested;
    private volatile @Nullable String cancelMessage;

    GatheringFuture(EventLoop loop, List<LoopFuture<? extends T>> children) {
        super(loop);
        this.children = children;
        pending = children.size();
        if (pending == 0) {
            complete(List.of());
        }
        children.forEach(child -> child.addDoneCallback(this::childDone));
    }

    /** Loop thread only, as a callback. */
    private void childDone(LoopFuture<? extends T> child) {
        pending--;
        Throwable failure = cancelRequested ? null : child.failure();
        if (failure != null) {
            fail(failure);
        } else if (pending == 0) {
            finish();
        }
    }

    private void finish() {
        if (cancelRequested) {
            super.cancel(cancelMessage); // also where every child ignored it, as in asyncio
            return;
        }
        List<T> results = new ArrayList<>(children.size());
        children.forEach(child -> results.add(child.outcome()));
        complete(Collections.unmodifiableList(results));
    }

    /** Cancels every child that is not done; this future ends once they all have. */
    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        cancelMessage = message;
        boolean any = false;
        for (LoopFuture<?> child : children) {
            any |= child.cancel(message);
        }
        cancelRequested |= any;
        return any;
    }

    @Override
    List<? extends LoopFuture<?>> needs() {
        return children;
    }

    @Override
    String describe() {
        return "gather of " + children.size();
    }
}
