package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future of an event loop: a {@link CompletableFuture} that a task can {@link #await()}.
 *
 * <p>asyncio's {@code Future}. It may be completed, cancelled and read from any thread; {@code await()} belongs in a
 * task of its own loop, which {@link EventLoop#of} tells.
 */
@SuppressWarnings("exports") // what is below it is nobody else\'s
public class LoopFuture<T extends @Nullable Object> extends Promise<T> {

    /** For the futures of the loop only; {@link EventLoop#createFuture} makes others. */
    protected LoopFuture(LoopCore core) {
        super(core);
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
    @Override
    public final T await() {
        return super.await();
    }

    /**
     * Calls {@code callback} with this future in a later turn of the loop, once it is done; never at once, also where
     * it is done already. Callbacks are called in the order in which they were added. Any thread.
     */
    public final void addDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        callWhenDone(ofPromise(callback), false);
    }

    /** As a callback of the same future, which is one of these. */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> Consumer<? super Promise<T>> ofPromise(
            Consumer<? super LoopFuture<T>> callback) {
        return (Consumer<? super Promise<T>>) (Consumer<?>) callback;
    }

    /**
     * Removes every registration of {@code callback} that is not due yet, and returns how many there were. Any thread.
     */
    public final int removeDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        return removeCallback(callback);
    }

    /** The same as {@link #cancel(String)} without a message. Any thread. */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels the future with a message that the exception carries. Any thread.
     *
     * @return whether there was something to cancel: false if it is done
     */
    @Override
    public boolean cancel(@Nullable String message) {
        return super.cancel(message);
    }

    /** The same as {@link #cancel(String)} without a message; {@code mayInterruptIfRunning} makes no difference. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return super.cancel(mayInterruptIfRunning);
    }

    /** Futures derived from this one are plain futures of the same loop. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new DerivedFuture<>(core());
    }
}
