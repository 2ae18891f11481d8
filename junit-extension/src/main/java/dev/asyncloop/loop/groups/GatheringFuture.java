package dev.asyncloop.loop.groups;

import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Outcome;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results or outcomes of several futures, in the order of the futures. Cancelling it cancels them all, and it ends
 * when they all have ended.
 */
public final class GatheringFuture<T extends @Nullable Object, R extends @Nullable Object> extends LoopFuture<List<R>> {

    private final List<? extends Promise<T>> children;
    private final Set<Promise<T>> different;
    private final Function<Promise<T>, R> result;
    private final boolean failsWithTheFirst;
    private int pending;
    private volatile boolean cancelRequested;
    private volatile @Nullable String cancelMessage;

    /** The first failure of a child while all children are being cancelled. Loop thread only. */
    private @Nullable Throwable failedMeanwhile;

    private GatheringFuture(
            LoopCore core,
            List<? extends Promise<T>> children,
            Function<Promise<T>, R> result,
            boolean failsWithTheFirst) {
        super(core);
        this.children = children;
        this.different = new LinkedHashSet<>(children);
        this.result = result;
        this.failsWithTheFirst = failsWithTheFirst;
        pending = different.size();
        if (pending == 0) {
            complete(List.of());
        }
        different.forEach(child -> Promises.whenDone(child, this::childDone));
    }

    /** Gathers results. It fails with the first child that fails, and the other children go on. */
    public static <T extends @Nullable Object> LoopFuture<List<T>> ofResults(
            LoopCore core, List<? extends Promise<T>> children) {
        return new GatheringFuture<T, T>(core, children, Promises::outcome, true);
    }

    /** Gathers outcomes; a failure is a value. */
    public static <T extends @Nullable Object> LoopFuture<List<Outcome<T>>> ofOutcomes(
            LoopCore core, List<? extends Promise<T>> children) {
        return new GatheringFuture<T, Outcome<T>>(core, children, GatheringFuture::outcomeOf, false);
    }

    private static <T extends @Nullable Object> Outcome<T> outcomeOf(Promise<T> done) {
        Throwable failure = Promises.failure(done);
        return failure == null ? new Outcome.Success<>(Promises.outcome(done)) : new Outcome.Failure<>(failure);
    }

    /** Loop thread only, as a callback. */
    private void childDone(Promise<T> child) {
        pending--;
        Throwable failure = failsWithTheFirst && !isDone() ? Promises.failure(child) : null;
        if (failure != null && !cancelRequested) {
            fail(failure);
        } else {
            if (failedMeanwhile == null && !(failure instanceof CancellationException)) {
                failedMeanwhile = failure;
            }
            if (pending == 0) {
                finish();
            }
        }
    }

    private void finish() {
        if (failedMeanwhile != null) {
            fail(failedMeanwhile);
        } else if (cancelRequested) {
            super.cancel(cancelMessage); // even if every child ignored it, as in asyncio
        } else if (!isDone()) {
            List<R> results = new ArrayList<>(children.size());
            children.forEach(child -> results.add(result.apply(child)));
            complete(Collections.unmodifiableList(results));
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        boolean before = cancelRequested;
        cancelMessage = message;
        cancelRequested = true; // before a child can end
        boolean any = false;
        for (Promise<T> child : different) {
            any |= child.cancel(message);
        }
        cancelRequested = before || any;
        return any;
    }

    @Override
    protected List<? extends Promise<?>> needs() {
        return children;
    }

    @Override
    protected boolean awaits(Coroutine coroutine) {
        return different.contains(coroutine.outcome());
    }

    @Override
    protected String describe() {
        return "gather of " + children.size();
    }
}
