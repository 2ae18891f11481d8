package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
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
    private final List<DoneCallback<T>> doneCallbacks = new ArrayList<>(0);

    LoopFuture(EventLoop loop) {
        this.loop = loop;
    }

    private record DoneCallback<T extends @Nullable Object>(Consumer<? super LoopFuture<T>> callback, Handle handle) {}

    /** The loop that it belongs to. Any thread. */
    public final EventLoop loop() {
        return loop;
    }

    /**
     * Waits for the result while the loop runs on, and returns it.
     *
     * <p>Task of this loop only. When the task is cancelled meanwhile, this future is cancelled too; wait for a
     * {@link Asyncio#gather} or a copy of it where that is not wanted. What the future failed with is thrown itself, not
     * wrapped, also a checked exception.
     *
     * @throws TaskCancelledException if this future was cancelled
     * @throws IllegalStateException outside of a task, in the task itself, or in a task of another loop
     */
    public final T await() {
        if (isDone()) {
            return outcome();
        }
        Task<?> task = loop.currentTaskFor(this);
        if (task == this) {
            throw Misuse.awaitsItself();
        }
        LoopFuture<?> outer = task.waitingFor();
        task.waitFor(this);
        try {
            return awaitOutcome(task);
        } finally {
            task.waitFor(outer);
        }
    }

    private T awaitOutcome(Task<?> task) {
        while (true) {
            try {
                return get();
            } catch (InterruptedException cancelled) {
                // As in asyncio, the cancellation goes to what is awaited, and its outcome is the task's to see.
                if (!cancel(task.cancelMessage())) {
                    throw new TaskCancelledException(task.cancelMessage());
                }
            } catch (ExecutionException | CancellationException failed) {
                throw Sneaky.rethrow(original(failed));
            }
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
        return cause == null || wrapper instanceof TaskCancelledException ? wrapper : cause;
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
        DoneCallback<T> added = new DoneCallback<>(callback, new Handle(loop, () -> callback.accept(this)));
        boolean first;
        synchronized (doneCallbacks) {
            first = doneCallbacks.isEmpty();
            doneCallbacks.add(added);
        }
        if (first) {
            whenComplete((result, thrown) -> scheduleDoneCallbacks());
        }
    }

    /** Removes every registration of {@code callback} that did not run yet, and returns how many there were. Any thread. */
    public final int removeDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        synchronized (doneCallbacks) {
            int before = doneCallbacks.size();
            doneCallbacks.removeIf(added -> added.callback().equals(callback));
            return before - doneCallbacks.size();
        }
    }

    private void scheduleDoneCallbacks() {
        List<DoneCallback<T>> due;
        synchronized (doneCallbacks) {
            due = List.copyOf(doneCallbacks);
            doneCallbacks.clear();
        }
        for (DoneCallback<T> registered : due) {
            loop.enqueue(registered.handle());
        }
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
