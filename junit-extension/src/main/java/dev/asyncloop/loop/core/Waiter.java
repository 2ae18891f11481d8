package dev.asyncloop.loop.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to be scheduled when a future is done: a callback, or a task that awaits it. Guarded by the future. */
abstract sealed class Waiter {

    @Nullable
    Waiter earlier;

    @Nullable
    Waiter later;

    boolean registered;

    /** Makes it ready. Any thread, outside of the lock. */
    abstract void schedule();

    /** Whether it does not look at the outcome. */
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

        private final Coroutine coroutine;

        Awaiting(Coroutine coroutine) {
            this.coroutine = coroutine;
        }

        @Override
        void schedule() {
            coroutine.core().engine().wake(coroutine);
        }
    }

    /** A done callback, to be called by the loop. In messages it has the name of the user's callback. */
    private record Call<T extends @Nullable Object>(Promise<T> future, Consumer<? super Promise<T>> callback)
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

    /** A done callback. It belongs to the owner at work when it was registered. */
    static final class WhenDone<T extends @Nullable Object> extends Waiter {

        private final Consumer<? super Promise<T>> callback;
        private final Callback call;
        private final boolean blind;

        WhenDone(Promise<T> future, Consumer<? super Promise<T>> callback, boolean blind) {
            this.callback = callback;
            this.blind = blind;
            this.call = new Callback(future.core(), new Call<>(future, callback));
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
            call.enqueue();
        }
    }
}
