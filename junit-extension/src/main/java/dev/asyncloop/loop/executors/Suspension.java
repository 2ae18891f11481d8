package dev.asyncloop.loop.executors;

import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.loop.core.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits as the JDK's own futures do: with a limit, without cancelling what it waits for, and with an
 * {@code InterruptedException} instead of a cancellation.
 */
final class Suspension {

    private Suspension() {}

    /**
     * In a task of the future's loop, suspends the task until the future is done or the time is over, and returns true.
     * Elsewhere it does nothing and returns false: there the caller may block.
     *
     * @throws IllegalStateException in a callback of that loop, which cannot wait
     */
    static <T extends @Nullable Object> boolean until(Promise<T> future, long nanos) throws InterruptedException {
        LoopCore core = Promises.coreOf(future);
        if (future.isDone() || !core.isLoopThread()) {
            return false;
        }
        PurposeFuture woken = new PurposeFuture(core, () -> "await of a future", () -> null);
        Consumer<CompletableFuture<T>> wake = done -> woken.release();
        Timer timer = nanos == Long.MAX_VALUE // no deadline, which a virtual clock would jump to
                ? null
                : core.timerIn(Duration.ofNanos(nanos), woken::release);
        Promises.whenDone(future, wake);
        try {
            woken.await();
        } catch (CancelledException cancelled) {
            InterruptedException interrupted = new InterruptedException(cancelled.getMessage());
            interrupted.initCause(cancelled);
            throw interrupted;
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            Promises.remove(future, wake);
        }
        return true;
    }
}
