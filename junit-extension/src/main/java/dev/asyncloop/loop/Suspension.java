package dev.asyncloop.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waiting with the JDK's manners: it has a limit, leaves alone what it waits for, and is interrupted, not cancelled. */
final class Suspension {

    private Suspension() {}

    /**
     * In a task of the future's loop, suspends it until the future is done or the time is over, and returns true. Elsewhere does nothing
     * and returns false: there the caller may block.
     *
     * @throws IllegalStateException in a callback of that loop, which cannot wait
     */
    static <T extends @Nullable Object> boolean until(LoopFuture<T> future, long nanos) throws InterruptedException {
        EventLoop loop = future.loop();
        if (future.isDone() || !loop.isLoopThread()) {
            return false;
        }
        LoopFuture<@Nullable Void> woken = loop.createFuture();
        Consumer<CompletableFuture<T>> wake = done -> woken.complete(null);
        TimerHandle timer = nanos == Long.MAX_VALUE // no deadline, which a virtual clock would jump to
                ? null
                : loop.timerIn(Duration.ofNanos(nanos), () -> woken.complete(null));
        future.addDoneCallback(wake);
        try {
            woken.await();
        } catch (TaskCancelledException cancelled) {
            InterruptedException interrupted = new InterruptedException(cancelled.getMessage());
            interrupted.initCause(cancelled);
            throw interrupted;
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            future.removeDoneCallback(wake);
        }
        return true;
    }
}
