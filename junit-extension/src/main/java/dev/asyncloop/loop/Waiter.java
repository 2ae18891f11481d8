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

    /** A done callback; it belongs to whoever registered it. */
    static final class Callback<T extends @Nullable Object> extends Waiter {

        private final Consumer<? super LoopFuture<T>> callback;
        private final Handle handle;

        Callback(LoopFuture<T> future, Consumer<? super LoopFuture<T>> callback) {
            this.callback = callback;
            this.handle = new Handle(future.loop(), () -> callback.accept(future));
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
