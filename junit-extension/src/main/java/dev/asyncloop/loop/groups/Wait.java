package dev.asyncloop.loop.groups;

import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.ReturnWhen;
import dev.asyncloop.loop.WaitResult;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.loop.core.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One wait for one or all of several futures. In the task that waits. */
public final class Wait<T extends @Nullable Object> {

    private final Set<LoopFuture<T>> futures;
    private final ReturnWhen when;
    private final PurposeFuture released;
    private int pending;

    /** A wait for {@code futures}; throws {@link IllegalArgumentException} if there are none. */
    public Wait(Set<LoopFuture<T>> futures, ReturnWhen when) {
        if (futures.isEmpty()) {
            throw ScopeMisuse.nothingToWaitFor();
        }
        this.futures = futures;
        this.when = Objects.requireNonNull(when, "when");
        this.pending = futures.size();
        boolean needsAll = when == ReturnWhen.ALL_COMPLETED;
        this.released = new PurposeFuture(
                Here.requireRunning(),
                () -> "wait for " + (needsAll ? "all" : "one") + " of " + futures.size(),
                () -> needsAll ? futures : null);
    }

    /** Waits, at most for {@code limit}; null without a limit. */
    public WaitResult<T> run(@Nullable Duration limit) {
        Timer timer = limit == null ? null : Promises.coreOf(released).timerIn(limit, released::release);
        Consumer<LoopFuture<T>> whenDone = this::futureDone;
        futures.forEach(future -> future.addDoneCallback(whenDone));
        try {
            released.await();
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            futures.forEach(future -> future.removeDoneCallback(whenDone));
        }
        var byState = futures.stream().collect(Collectors.partitioningBy(LoopFuture::isDone));
        return new WaitResult<>(listOf(byState.get(true)), listOf(byState.get(false)));
    }

    private static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Loop thread only, as a callback. */
    private void futureDone(LoopFuture<T> future) {
        pending--;
        if (pending == 0
                || switch (when) {
                    case FIRST_COMPLETED -> true;
                    case FIRST_EXCEPTION -> future.isCompletedExceptionally() && !future.isCancelled();
                    case ALL_COMPLETED -> false;
                }) {
            released.release();
        }
    }
}
