package dev.asyncloop.loop.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future that knows who waits for it, in the order of registration, and schedules them when it is done.
 *
 * <p>It keeps the list itself, since {@code CompletableFuture} runs its dependents at once and in reverse order. Any
 * thread.
 */
abstract class WaitedFor<T extends @Nullable Object> extends CompletableFuture<T> {

    /**
     * The ends of a linked list of those who wait, in the order of registration. Guarded by this; the first is also
     * read without the lock.
     */
    private volatile @Nullable Waiter first;

    private @Nullable Waiter last;

    /** Whether a task, a callback or another stage waits for it. Any thread; a snapshot. */
    protected final synchronized boolean isWaitedFor() {
        return first != null || getNumberOfDependents() > 0;
    }

    final void add(Waiter waiter) {
        synchronized (this) {
            Waiter before = last;
            waiter.earlier = before;
            waiter.registered = true;
            last = waiter;
            if (before == null) {
                first = waiter;
            } else {
                before.later = waiter;
            }
        }
        if (isDone()) {
            scheduleWaiters();
        } else {
            isAwaited();
        }
    }

    final synchronized void remove(Waiter waiter) {
        if (!waiter.registered) {
            return;
        }
        Waiter before = waiter.earlier;
        Waiter after = waiter.later;
        if (before == null) {
            first = after;
        } else {
            before.later = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.earlier = before;
        }
        waiter.unlink();
    }

    /** Whether anybody waits for it who will see the outcome. Any thread; a snapshot. */
    protected final synchronized boolean hasWaiters() {
        Waiter waiter = first;
        while (waiter != null && waiter.isBlind()) {
            waiter = waiter.later;
        }
        return waiter != null;
    }

    /** Called when somebody begins to wait for it. Any thread. */
    protected void isAwaited() {
        // for a subclass that is completed without its knowledge
    }

    /** Schedules all who wait; it is done. Any thread. */
    protected final void scheduleWaiters() {
        if (first == null) { // whoever registers now checks afterwards whether it is done
            return;
        }
        Waiter one;
        List<Waiter> more = List.of();
        synchronized (this) {
            one = first;
            first = null;
            last = null;
            if (one == null) {
                return;
            }
            if (one.later != null) {
                more = new ArrayList<>();
            }
            for (Waiter waiter = one.later; waiter != null; ) {
                more.add(waiter);
                Waiter following = waiter.later;
                waiter.unlink();
                waiter = following;
            }
            one.unlink();
        }
        one.schedule();
        more.forEach(Waiter::schedule);
    }

    /**
     * Removes every registration of {@code callback} that was not scheduled yet, and returns how many there were. Any
     * thread.
     */
    protected final synchronized int removeCallback(Consumer<?> callback) {
        int removed = 0;
        for (Waiter waiter = first; waiter != null; ) {
            Waiter following = waiter.later;
            if (waiter instanceof Waiter.WhenDone<?> registered && registered.isOf(callback)) {
                remove(waiter);
                removed++;
            }
            waiter = following;
        }
        return removed;
    }
}
