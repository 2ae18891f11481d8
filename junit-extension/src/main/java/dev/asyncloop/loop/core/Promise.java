package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.CancelledException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inside of every future of a loop: who waits for it, in which order, and how a coroutine awaits it.
 *
 * <p>asyncio's {@code Future}. It may be completed, cancelled and read from any thread; {@code await()} belongs in a
 * task of its own loop. What only the core and its satellites may ask is protected, and for the latter in
 * {@link Promises}.
 */
public abstract class Promise<T extends @Nullable Object> extends WaitedFor<T> {

    private final LoopCore core;

    /** A pending one of that loop. Any thread. */
    protected Promise(LoopCore core) {
        this.core = core;
    }

    /** The loop that it belongs to. Any thread. */
    protected final LoopCore core() {
        return core;
    }

    /**
     * Waits for the result while the loop runs on, and returns it.
     *
     * <p>Task of this loop only. When the task is cancelled meanwhile, this future is cancelled too; await a
     * {@link CompletableFuture#copy() copy()} of it where that is not wanted. What the future failed with is thrown
     * itself, not wrapped, also a checked exception.
     *
     * @throws CancelledException if this future was cancelled
     * @throws IllegalStateException outside of a task, in the task itself, or in a task of another loop
     */
    public T await() {
        if (isDone()) {
            return outcome();
        }
        Coroutine waiting = Here.requireCoroutine();
        if (waiting.core() != core) {
            throw CoreMisuse.awaitsFutureOfAnotherLoop(waiting, this);
        }
        if (awaits(waiting)) {
            throw CoreMisuse.awaitsItself();
        }
        waiting.waitFor(this);
        try {
            suspend(waiting);
        } finally {
            waiting.waitFor(null);
        }
        return outcome();
    }

    /**
     * The same as that of {@code CompletableFuture}; a virtual clock knows by this frame that it is a future of the
     * loop.
     */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        return super.get();
    }

    /** The same as that of {@code CompletableFuture}; see {@link #get()}. */
    @Override
    public T join() {
        return super.join();
    }

    private void suspend(Coroutine waiting) {
        Engine engine = core.engine();
        Waiter wakeUp = waiting.wakeUp();
        add(wakeUp);
        boolean handedOn = false;
        try {
            while (!isDone()) {
                // As in asyncio, a cancellation goes to what is awaited, whose outcome is then the task's to see.
                if (!waiting.takeInterruption()) {
                    engine.suspend(waiting);
                } else if (handedOn && isInCircle(waiting) || !cancel(waiting.cancelMessage())) {
                    // in a circle it came back, and would for ever
                    throw new CancelledException(waiting.cancelMessage());
                } else {
                    handedOn = true;
                }
            }
        } finally {
            remove(wakeUp);
            waiting.dropWithdrawnCancellation();
        }
    }

    /** Whether what {@code waiting} awaits leads back to it. The coroutine itself. */
    private static boolean isInCircle(Coroutine waiting) {
        Set<Promise<?>> seen = new HashSet<>();
        Deque<Promise<?>> open = new ArrayDeque<>();
        for (Promise<?> future = waiting.waitingFor(); future != null; future = open.poll()) {
            if (future == waiting.outcome()) {
                return true;
            }
            if (seen.add(future)) {
                Collection<? extends Promise<?>> needed = future.needs();
                Coroutine other = future.coroutine();
                Promise<?> next = other == null ? null : other.waitingFor();
                if (next != null) {
                    open.add(next);
                } else if (needed != null) {
                    open.addAll(needed);
                }
            }
        }
        return false;
    }

    /** The result of a future that is done; throws what it failed with. Any thread. */
    protected final T outcome() {
        try {
            return join();
        } catch (CompletionException | CancellationException failed) {
            throw Sneaky.rethrow(original(failed));
        }
    }

    /** What the future was completed with; newer JDKs wrap a cancellation in another one. */
    private static Throwable original(Throwable wrapper) {
        Throwable cause = wrapper.getCause();
        boolean wraps = wrapper instanceof CompletionException || cause instanceof CancellationException;
        return cause != null && wraps ? cause : wrapper;
    }

    /** Fails with what a body threw: wrapped if {@code CompletableFuture} would take it for a wrapper of its own. */
    protected final void fail(Throwable thrown) {
        failing(thrown);
        super.completeExceptionally(thrown instanceof CompletionException ? new CompletionException(thrown) : thrown);
        scheduleWaiters();
    }

    /** It is about to fail with what a body threw. */
    protected void failing(Throwable thrown) {
        core.host().unseen().passedOn(thrown);
    }

    /** Somebody looks at the outcome, or will once there is one. Any thread. */
    protected void observed() {
        // counts for tasks only
    }

    /** Whether it has failed or was cancelled; to ask so is not to look at the outcome. Any thread. */
    protected final boolean hasFailed() {
        return super.isCompletedExceptionally();
    }

    /** What a future that is done failed with, null where it has a result. */
    protected final @Nullable Throwable failure() {
        try {
            outcome();
            return null;
        } catch (Throwable failed) {
            return failed;
        }
    }

    /** Ends it with what a body returned, also where others may not complete it. */
    protected final void finish(T result) {
        super.complete(result);
        scheduleWaiters();
    }

    /** The same for one that has no result. */
    @SuppressWarnings("NullAway") // it is one of type Void
    final void finishWithoutResult() {
        finish(null);
    }

    /**
     * Calls {@code callback} with this future in a later turn of the loop, once it is done; never at once, also where
     * it is done already. Callbacks are called in the order in which they were added. Any thread.
     *
     * @param blind whether the callback does not look at the outcome
     */
    protected final void callWhenDone(Consumer<? super Promise<T>> callback, boolean blind) {
        if (!blind) {
            observed();
        }
        add(new Waiter.WhenDone<>(this, Objects.requireNonNull(callback, "callback"), blind));
    }

    @Override
    public boolean complete(T value) {
        boolean now = super.complete(value);
        scheduleWaiters();
        return now;
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        boolean now = super.completeExceptionally(thrown);
        scheduleWaiters();
        return now;
    }

    /** As it is specified; that of {@code CompletableFuture} completes past {@link #complete}. */
    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        executor.execute(() -> {
            if (isDone()) {
                return;
            }
            try {
                complete(supplier.get());
            } catch (Throwable thrown) {
                completeExceptionally(new CompletionException(thrown));
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(T value) {
        super.obtrudeValue(value);
        scheduleWaiters();
    }

    @Override
    public void obtrudeException(Throwable thrown) {
        super.obtrudeException(thrown);
        scheduleWaiters();
    }

    /**
     * Cancels the future with a message that the exception carries. Any thread.
     *
     * @return whether there was something to cancel: false if it is done
     */
    public boolean cancel(@Nullable String message) {
        return completeExceptionally(new CancelledException(message));
    }

    /** The same as {@link #cancel(String)} without a message; {@code mayInterruptIfRunning} makes no difference. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(null) || isCancelled();
    }

    /** The loop itself: {@code …Async} stages run as callbacks on it. */
    @Override
    public Executor defaultExecutor() {
        return core.callbackExecutor();
    }

    /**
     * The futures whose end this one needs, of which some other task or callback of the loop then completes it; null
     * where anybody may complete it. Any thread.
     */
    protected @Nullable Collection<? extends Promise<?>> needs() {
        return null;
    }

    /** Whether it cannot end before {@code coroutine} has. */
    protected boolean awaits(Coroutine coroutine) {
        return false;
    }

    /** Whose outcome it is; null where it is that of no coroutine. */
    protected @Nullable Coroutine coroutine() {
        return null;
    }

    /**
     * Which coroutine has to go on for it to end: its own, or the one that runs its phase; null where it is some other
     * future.
     */
    protected @Nullable Coroutine body() {
        return coroutine();
    }

    /** How messages call it. */
    protected String label() {
        return "a future";
    }

    /** What a task that awaits this is suspended in, in words. */
    protected String describe() {
        return "await of a future";
    }

    @Override
    public String toString() {
        return "<Future " + (isDone() ? isCancelled() ? "cancelled" : "finished" : "pending") + ">";
    }
}
