package dev.asyncloop.leak.detect;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.asyncloop.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Real time, which passes also while the clock of a loop stands still. Any thread. */
public final class RealTime {

    private RealTime() {}

    /**
     * A future that is done after that much real time. It is not a future of a loop, so virtual time stands still for
     * it.
     */
    public static CompletableFuture<@Nullable Void> of(long millis) {
        return new CompletableFuture<@Nullable Void>().completeOnTimeout(null, millis, MILLISECONDS);
    }

    /** Runs the loop for that much real time. */
    static void pass(EventLoop loop, long millis) {
        loop.runUntilComplete(of(millis));
    }
}
