package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import org.jspecify.annotations.Nullable;

/**
 * The interruption of the thread that runs a loop: the awaited body was cancelled, and has a grace period to end.
 *
 * <p>asyncio's handling of Ctrl-C. Loop thread only.
 */
final class Interruption {

    private final EventLoop loop;
    private final String picture;
    private final TimerHandle giveUp;

    Interruption(EventLoop loop, Driver driver) {
        this.loop = loop;
        picture = picture(loop);
        giveUp = loop.callLater(Driver.GRACE, () -> driver.abort(givenUp()));
    }

    private InterruptedException givenUp() {
        return new InterruptedException("the body did not end within " + Driver.GRACE.toSeconds()
                + " s of its interruption and was given up: " + picture(loop));
    }

    /** The rest of the grace period, for where timers cannot fire. Throws when it is over. */
    long nanosLeft() {
        long left = giveUp.whenNanos() - loop.nanos();
        if (left <= 0) {
            throw Sneaky.rethrow(givenUp());
        }
        return left;
    }

    private static String picture(EventLoop loop) {
        return "interrupted while the event loop was running\n" + loop.snapshot();
    }

    /** The run ended: the interruption goes on to the caller, unless the body had an outcome of its own. */
    void finish(@Nullable LoopFuture<?> awaited) {
        Throwable failure = awaited != null && awaited.isDone() ? awaited.failure() : null;
        if (failure instanceof TaskCancelledException || failure instanceof InterruptedException) {
            throw Sneaky.rethrow(new InterruptedException(picture));
        }
        Thread.currentThread().interrupt();
    }

    void close() {
        giveUp.cancel();
    }

    @Override
    public String toString() {
        return picture;
    }
}
