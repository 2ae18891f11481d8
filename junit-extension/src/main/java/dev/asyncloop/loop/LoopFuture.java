package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future of an event loop: a {@link CompletableFuture} that a task can {@link #await()}.
 *
 * <p>asyncio's {@code Future}. It may be completed, cancelled and read from any thread; {@code await()} belongs in a task of
 * its own loop.
 */
public sealed class LoopFuture<T extends @Nullable Object> extends CompletableFuture<T>
        permits Advance,
                TaskFuture,
                DerivedFuture,
                GatheringFuture,
                JobFuture,
                LoopCommand,
                PhaseFuture,
                PurposeFuture,
                ShieldFuture,
                GeneratorRest,
                GeneratorStep,
                InnerFuture,
                SleepFuture,
                WrappedFuture {

    private final EventLoop loop;

    /**
     * The ends of the list of those who wait, in the order of registration, which {@code CompletableFuture} does not keep. Guarded by
     * this; the first is also read without the lock.
     */
    private volatile @Nullable Waiter first;

    private @Nullable Waiter last;

    LoopFuture(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop that it belongs to. Any thread. */
    public final EventLoop loop() {
        return loop;
    }

    /**
     * Waits for the result while the loop runs on, and returns it.
     *
     * <p>Task of this loop only. When the task is cancelled meanwhile, this future is cancelled too; await a
     * {@link CompletableFuture#copy() copy()} of it where that is not wanted. What the future failed with is thrown itself, not
     * wrapped, also a checked exception.
     *
     * @throws TaskCancelledException if this future was cancelled
     * @throws IllegalStateException outside of a task, in the task itself, or in a task of another loop
     */
    public final T await() {
        if (isDone()) {
            return outcome();
        }
        Task<?> task = Asyncio.requireTask();
        if (task.loop() != loop) {
            throw Misuse.awaitsFutureOfAnotherLoop(task, this);
        }
        if (awaits(task)) {
            throw Misuse.awaitsItself();
        }
        task.waitFor(this);
        try {
            suspend(task);
        } finally {
            task.waitFor(null);
        }
        return outcome();
    }

    /** The same as that of {@code CompletableFuture}; a virtual clock knows by this frame that it is a future of the loop. */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        return super.get();
    }

    /** The same as that of {@code CompletableFuture}; see {@link #get()}. */
    @Override
    public T join() {
        return super.join();
    }

    /** Whether a task, a callback or another stage waits for it. Any thread; what it says may be over already. */
    final synchronized boolean isWaitedFor() {
        return first != null || getNumberOfDependents() > 0;
    }

    private void suspend(Task<?> task) {
        Engine engine = loop.engine();
        Waiter wakeUp = task.wakeUp();
        add(wakeUp);
        boolean handedOn = false;
        try {
            while (!isDone()) {
                // As in asyncio, a cancellation goes to what is awaited, whose outcome is then the task's to see.
                if (!task.takeInterruption()) {
                    engine.suspend(task);
                } else if (handedOn && Deadlock.isCircle(task) || !cancel(task.cancelMessage())) {
                    // in a circle it came back, and would for ever
                    throw new TaskCancelledException(task.cancelMessage());
                } else {
                    handedOn = true;
                }
            }
        } finally {
            remove(wakeUp);
            task.dropWithdrawnCancellation();
        }
    }

    /** The result of a future that is done; throws what it failed with. Any thread. */
    final T outcome() {
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
    final void fail(Throwable thrown) {
        failing(thrown);
        super.completeExceptionally(thrown instanceof CompletionException ? new CompletionException(thrown) : thrown);
        scheduleWaiters();
    }

    /** It is about to fail with what a body threw. */
    void failing(Throwable thrown) {
        loop.unretrieved().passedOn(thrown);
    }

    /** Somebody looks at the outcome, or will once there is one. Any thread. */
    void observed() {
        // counts for tasks only
    }

    /** What a future that is done failed with, null where it has a result. */
    final @Nullable Throwable failure() {
        try {
            outcome();
            return null;
        } catch (Throwable failed) {
            return failed;
        }
    }

    /**
     * Calls {@code callback} with this future in a later turn of the loop, once it is done; never at once, also where it is
     * done already. Callbacks are called in the order in which they were added. Any thread.
     */
    public final void addDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        observed();
        add(new Waiter.Callback<>(this, Objects.requireNonNull(callback, "callback"), false));
    }

    /** The same for a callback that does not look at the outcome. */
    final void whenDone(Consumer<? super LoopFuture<T>> blind) {
        add(new Waiter.Callback<>(this, blind, true));
    }

    /** Removes every registration of {@code callback} that is not due yet, and returns how many there were. Any thread. */
    public final synchronized int removeDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        int removed = 0;
        for (Waiter waiter = first; waiter != null; ) {
            Waiter following = waiter.later;
            if (waiter instanceof Waiter.Callback<?> registered && registered.isOf(callback)) {
                remove(waiter);
                removed++;
            }
            waiter = following;
        }
        return removed;
    }

    private void add(Waiter waiter) {
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

    private synchronized void remove(Waiter waiter) {
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

    /** Whether anybody waits for it who will see the outcome. Any thread; what it says may be over already. */
    final synchronized boolean hasWaiters() {
        Waiter waiter = first;
        while (waiter != null && waiter.isBlind()) {
            waiter = waiter.later;
        }
        return waiter != null;
    }

    /** Somebody waits for it: called when it may be the first time. */
    void isAwaited() {
        // it hears of its completion anyway
    }

    /** It is done. Any thread. */
    final void scheduleWaiters() {
        if (first == null) { // whoever registers now looks after that whether it is done
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
        return completeExceptionally(new TaskCancelledException(message));
    }

    /** The same as {@link #cancel(String)} without a message; {@code mayInterruptIfRunning} makes no difference. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(null) || isCancelled();
    }

    /** Futures derived from this one are plain futures of the same loop. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new DerivedFuture<>(loop);
    }

    /** The loop itself: {@code …Async} stages run as callbacks on it. */
    @Override
    public Executor defaultExecutor() {
        return loop.callbackExecutor();
    }

    /**
     * The futures whose end this one needs, of which some other task or callback of the loop then completes it; null where anybody
     * may complete it. Any thread.
     */
    @Nullable
    Collection<? extends LoopFuture<?>> needs() {
        return null;
    }

    /** Whether it cannot end before {@code task} has. */
    boolean awaits(Task<?> task) {
        return task == this;
    }

    /** How messages call it. */
    String label() {
        return "a future";
    }

    /** What a task that awaits this is suspended in, in words. */
    String describe() {
        return "await of a future";
    }

    @Override
    public String toString() {
        return "<Future " + (isDone() ? isCancelled() ? "cancelled" : "finished" : "pending") + ">";
    }
}
