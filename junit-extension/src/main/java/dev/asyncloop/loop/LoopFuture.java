package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future of an event loop: a {@link CompletableFuture} that a task can {@link #await()}.
 *
 * <p>asyncio's {@code Future}. It may be completed, cancelled and read from any thread; {@code await()} belongs in a task of
 * its own loop.
 */
public sealed class LoopFuture<T extends @Nullable Object> extends CompletableFuture<T>
        permits Task, GatheringFuture, PhaseFuture, GeneratorStep, SleepFuture, WrappedFuture {

    private final EventLoop loop;

    /** Guarded by itself; in the order of registration, which {@code CompletableFuture} does not keep. */
    private final List<Waiter<T>> waiters = new ArrayList<>(0);

    /** Guarded by {@link #waiters}. */
    private boolean watched;

    LoopFuture(EventLoop loop) {
        this.loop = loop;
    }

    /** What is to be scheduled when the future is done: a callback, or a task that awaits it. */
    private record Waiter<T extends @Nullable Object>(
            @Nullable Consumer<? super LoopFuture<T>> callback, Runnable schedule) {}

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
        if (task == this) {
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

    private void suspend(Task<?> task) {
        Waiter<T> wakeUp = new Waiter<>(null, () -> LockSupport.unpark(task.thread()));
        add(wakeUp);
        try {
            while (!isDone()) {
                // As in asyncio, a cancellation goes to what is awaited, whose outcome is then the task's to see.
                if (!Thread.interrupted()) {
                    LockSupport.park(this);
                } else if (!cancel(task.cancelMessage())) {
                    throw new TaskCancelledException(task.cancelMessage());
                }
            }
        } finally {
            remove(wakeUp);
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
        super.completeExceptionally(thrown instanceof CompletionException ? new CompletionException(thrown) : thrown);
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
        Handle handle = new Handle(loop, () -> callback.accept(this));
        add(new Waiter<>(callback, () -> loop.enqueue(handle)));
    }

    /** Removes every registration of {@code callback} that is not due yet, and returns how many there were. Any thread. */
    public final int removeDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        synchronized (waiters) {
            int before = waiters.size();
            waiters.removeIf(waiter -> callback.equals(waiter.callback));
            return before - waiters.size();
        }
    }

    private void add(Waiter<T> waiter) {
        boolean watch;
        synchronized (waiters) {
            waiters.add(waiter);
            watch = !watched;
            watched = true;
        }
        if (watch) {
            whenComplete((result, thrown) -> scheduleWaiters());
        }
    }

    private void remove(Waiter<T> waiter) {
        synchronized (waiters) {
            waiters.remove(waiter);
        }
    }

    private void scheduleWaiters() {
        List<Waiter<T>> due;
        synchronized (waiters) {
            due = List.copyOf(waiters);
            waiters.clear();
            watched = false;
        }
        due.forEach(waiter -> waiter.schedule.run());
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
        return new LoopFuture<>(loop);
    }

    /** The loop itself: {@code …Async} stages run as callbacks on it. */
    @Override
    public Executor defaultExecutor() {
        return loop.callbackExecutor();
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
