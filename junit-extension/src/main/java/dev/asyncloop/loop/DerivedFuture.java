package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import org.jspecify.annotations.Nullable;

/** A stage derived from another future. {@code CompletableFuture} completes it without a call of {@link #complete}. */
final class DerivedFuture<T extends @Nullable Object> extends LoopFuture<T> {

    /** Whether it schedules its waiters when it is completed. Guarded by this. */
    private boolean watched;

    DerivedFuture(LoopCore core) {
        super(core);
    }

    @Override
    protected void isAwaited() {
        synchronized (this) {
            if (watched) {
                return;
            }
            watched = true;
        }
        whenComplete((result, thrown) -> scheduleWaiters());
    }
}
