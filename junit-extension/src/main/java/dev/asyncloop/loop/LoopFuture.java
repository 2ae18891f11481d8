package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future of an event loop: a {@link CompletableFuture} that a task can {@link #await()}.
 *
 * <p>asyncio's {@code Future}. Any thread may complete, cancel and read it. {@code await()} belongs in a task of the
 * future's own loop; {@link EventLoop#of} returns that loop.
 */
@SuppressWarnings("exports") // its supertypes are hidden from users
public class LoopFuture<T extends @Nullable Object> extends Promise<T> {

    /** For the futures of the loop only; {@link EventLoop#createFuture} makes others. */
    protected LoopFuture(LoopCore core) {
        super(core);
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
    @Override
    public final T await() {
        return super.await();
    }

    /**
     * Calls {@code callback} with this future in a later turn of the loop, once the future is done. If it is done
     * already, the callback still waits for a turn. Callbacks are called in the order in which they were added. Any
     * thread.
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
     * Removes every registration of {@code callback} that was not scheduled yet, and returns how many there were. Any
     * thread.
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
     * @return whether it was cancelled by this call; false if it was done
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
