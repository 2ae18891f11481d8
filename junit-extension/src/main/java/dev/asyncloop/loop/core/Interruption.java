package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.CancelledException;
import org.jspecify.annotations.Nullable;

/**
 * The interruption of the thread that runs a loop: the awaited body was cancelled, and has a grace period to end.
 *
 * <p>asyncio's handling of Ctrl-C. Loop thread only.
 */
final class Interruption {

    private final Host host;
    private final Moment moment;

    /** The interruption came at {@code moment}. */
    Interruption(Host host, RunListener listener, Moment moment) {
        this.host = host;
        this.moment = moment;
        listener.bodyInterrupted(() -> host.givenUp(Driver.GRACE.toSeconds(), moment));
    }

    /** The run ended: the interruption goes on to the caller, unless the body had an outcome of its own. */
    void finish(@Nullable Promise<?> awaited) {
        Throwable failure = awaited != null && awaited.isDone() ? awaited.failure() : null;
        if (failure instanceof CancelledException || failure instanceof InterruptedException) {
            throw Sneaky.rethrow(exception());
        }
        Thread.currentThread().interrupt();
    }

    /** What the caller of the run is told. */
    InterruptedException exception() {
        return host.interrupted(moment);
    }
}
