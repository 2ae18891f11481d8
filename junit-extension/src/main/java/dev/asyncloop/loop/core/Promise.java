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
 * <p>asyncio's {@code Future}. Any thread may complete, cancel and read it; {@code await()} belongs in a task of its
 * own loop. Protected methods are for the core and its subclasses; the satellites call them by {@link Promises}.
 */
public abstract class Promise<T extends @Nullable Object> extends WaitedFor<T> {

    private final LoopCore core;

    /** A pending future of the loop of {@code core}. Any thread. */
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
     * <p>Task of this loop only. If the task is cancelled meanwhile, this future is cancelled too. To keep it, await a
     * {@link CompletableFuture#copy() copy()} of it. If the future failed, its exception is thrown without a wrapper,
     * even a checked one.
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
     * Like that of {@code CompletableFuture}. It is overridden so that a virtual clock can tell from the stack that the
     * future is one of the loop's.
     */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        return super.get();
    }

    /** Like that of {@code CompletableFuture}; overridden for the same reason as {@link #get()}. */
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
                    // in a circle it has come back, and would do so for ever
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

    /** The exception that the future was completed with. Newer JDKs wrap a cancellation in another one. */
    private static Throwable original(Throwable wrapper) {
        Throwable cause = wrapper.getCause();
        boolean wraps = wrapper instanceof CompletionException || cause instanceof CancellationException;
        return cause != null && wraps ? cause : wrapper;
    }

    /**
     * Fails with what a body threw. A {@code CompletionException} is wrapped, or {@code CompletableFuture} would take
     * it for a wrapper of its own.
     */
    protected final void fail(Throwable thrown) {
        failing(thrown);
        super.completeExceptionally(thrown instanceof CompletionException ? new CompletionException(thrown) : thrown);
        scheduleWaiters();
    }

    /** Called before the future fails with what a body threw. */
    protected void failing(Throwable thrown) {
        core.host().unseen().passedOn(thrown);
    }

    /** Called when somebody looks at the outcome, or registers to see it. Any thread. */
    protected void observed() {
        // matters for tasks only
    }

    /** Whether it failed or was cancelled. Does not count as a look at the outcome. Any thread. */
    protected final boolean hasFailed() {
        return super.isCompletedExceptionally();
    }

    /** The exception that a future which is done failed with; null if it has a result. */
    protected final @Nullable Throwable failure() {
        try {
            outcome();
            return null;
        } catch (Throwable failed) {
            return failed;
        }
    }

    /** Completes it with what a body returned, even if others may not complete it. */
    protected final void finish(T result) {
        super.complete(result);
        scheduleWaiters();
    }

    /** The same for a future without a result. */
    @SuppressWarnings("NullAway") // it is one of type Void
    final void finishWithoutResult() {
        finish(null);
    }

    /**
     * Calls {@code callback} with this future in a later turn of the loop, once the future is done. If it is done
     * already, the callback still waits for a turn. Callbacks are called in the order in which they were added. Any
     * thread.
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

    /** Works as specified. It is overridden since that of {@code CompletableFuture} does not call {@link #complete}. */
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
     * @return whether it was cancelled by this call; false if it was done
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
     * The futures that have to end before a task or callback of the loop completes this one; null if anybody may
     * complete it. Any thread.
     */
    protected @Nullable Collection<? extends Promise<?>> needs() {
        return null;
    }

    /** What outside of the loop has to end for it to end: itself, or what it stands for on the loop. Any thread. */
    protected Object source() {
        return this;
    }

    /** Whether it cannot end before {@code coroutine} has. */
    protected boolean awaits(Coroutine coroutine) {
        return false;
    }

    /** The coroutine whose outcome it is; null if it is no outcome. */
    protected @Nullable Coroutine coroutine() {
        return null;
    }

    /**
     * The coroutine that has to go on for it to end: its own, or the one that runs its phase; null for other futures.
     */
    protected @Nullable Coroutine body() {
        return coroutine();
    }

    /** What messages call it. */
    protected String label() {
        return "a future";
    }

    /** In words, what a task that awaits it is suspended in. */
    protected String describe() {
        return "await of a future";
    }

    @Override
    public String toString() {
        return "<Future " + (isDone() ? isCancelled() ? "cancelled" : "finished" : "pending") + ">";
    }
}
