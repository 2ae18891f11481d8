package dev.asyncloop.loop.groups;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.loop.core.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several futures in the order in which they end: asyncio's iterator of {@code as_completed}.
 *
 * <p>It has a timer only while somebody waits, so that an iteration that ends early leaves nothing behind.
 */
public final class AsCompleted<T extends @Nullable Object> implements Iterable<LoopFuture<T>>, Iterator<LoopFuture<T>> {

    private final LoopCore core;
    private final Set<LoopFuture<T>> pending = new LinkedHashSet<>();
    private final Queue<LoopFuture<T>> done = new ArrayDeque<>();
    private final Queue<PurposeFuture> waiting = new ArrayDeque<>();
    private final @Nullable Duration limit;
    private final long end;

    /** How many were not handed out yet. */
    private int left;

    /** Iterates over futures of one loop, for at most {@code limit} from now on; null without a limit. */
    public AsCompleted(LoopCore core, Set<LoopFuture<T>> futures, @Nullable Duration limit) {
        this.core = core;
        this.limit = limit;
        this.end = limit == null ? Long.MAX_VALUE : core.nanos() + Nanos.of(limit);
        this.left = futures.size();
        for (LoopFuture<T> future : futures) {
            if (future.isDone()) {
                done.add(future);
            } else {
                pending.add(future);
            }
        }
        pending.forEach(future -> future.addDoneCallback(this::futureDone));
    }

    @Override
    public Iterator<LoopFuture<T>> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    /**
     * Waits for the next one that ends, and returns it. If the task is cancelled meanwhile, a later call returns it.
     */
    @Override
    public LoopFuture<T> next() {
        if (left == 0) {
            throw new NoSuchElementException();
        }
        left--;
        while (done.isEmpty()) {
            if (isOver()) {
                throw Sneaky.rethrow(ScopeMisuse.timedOut(limit));
            }
            try {
                await();
            } catch (Throwable cancelled) {
                left++;
                throw cancelled;
            }
        }
        return done.remove();
    }

    private boolean isOver() {
        return limit != null && core.nanos() >= end;
    }

    private void await() {
        int count = pending.size();
        PurposeFuture next = new PurposeFuture(core, () -> "the next of " + count + " to complete", () -> null);
        Timer timer = limit == null ? null : core.timerAt(end, next::release, null);
        waiting.add(next);
        try {
            next.await();
        } finally {
            waiting.remove(next);
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** Loop thread only, as a callback. */
    private void futureDone(LoopFuture<T> future) {
        pending.remove(future);
        if (!isOver()) {
            done.add(future);
            PurposeFuture next = waiting.poll();
            if (next != null) {
                next.release();
            }
        }
    }
}
