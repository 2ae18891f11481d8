package dev.asyncloop.loop;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to be scheduled when a future is done: a callback, or a task that awaits it. Guarded by the future. */
abstract sealed class Waiter {

    @Nullable
    Waiter earlier;

    @Nullable
    Waiter later;

    boolean registered;

    /** Any thread, outside of the lock. */
    abstract void schedule();

    /** Whether the outcome does not matter to it. */
    boolean isBlind() {
        return false;
    }

    void unlink() {
        registered = false;
        earlier = null;
        later = null;
    }

    /** A task, which awaits one future at a time. */
    static final class Awaiting extends Waiter {

        private final Task<?> task;

        Awaiting(Task<?> task) {
            this.task = task;
        }

        @Override
        void schedule() {
            task.loop().engine().wake(task);
        }
    }

    /** A done callback as a callback of the loop; messages call it as the user's. */
    private record Call<T extends @Nullable Object>(LoopFuture<T> future, Consumer<? super LoopFuture<T>> callback)
            implements Runnable {

        @Override
        public void run() {
            callback.accept(future);
        }

        @Override
        public String toString() {
            return callback.toString();
        }
    }

    /** A done callback; it belongs to whoever registered it. */
    static final class Callback<T extends @Nullable Object> extends Waiter {

        private final Consumer<? super LoopFuture<T>> callback;
        private final Handle handle;
        private final boolean blind;

        Callback(LoopFuture<T> future, Consumer<? super LoopFuture<T>> callback, boolean blind) {
            this.callback = callback;
            this.blind = blind;
            this.handle = new Handle(future.loop(), new Call<>(future, callback));
        }

        @Override
        boolean isBlind() {
            return blind;
        }

        boolean isOf(Consumer<?> other) {
            return callback.equals(other);
        }

        @Override
        void schedule() {
            handle.enqueue();
        }
    }
}
