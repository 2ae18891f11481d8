package dev.asyncloop.leak.detect;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.asyncloop.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Time that passes also where the clock of a loop stands still. */
public final class RealTime {

    private RealTime() {}

    /** Is done after so much real time. It is not the loop's, and virtual time stands still for it. */
    public static CompletableFuture<@Nullable Void> of(long millis) {
        return new CompletableFuture<@Nullable Void>().completeOnTimeout(null, millis, MILLISECONDS);
    }

    /** Lets so much real time pass, with the loop running. */
    static void pass(EventLoop loop, long millis) {
        loop.runUntilComplete(of(millis));
    }
}
