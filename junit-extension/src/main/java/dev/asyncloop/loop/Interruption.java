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

    Interruption(EventLoop loop, RunGuard guard) {
        this.loop = loop;
        picture = picture(loop);
        guard.interrupted(this::givenUp);
    }

    private InterruptedException givenUp() {
        return new InterruptedException("the body did not end within " + Driver.GRACE.toSeconds()
                + " s of its interruption and was given up: " + picture(loop));
    }

    private static String picture(EventLoop loop) {
        return "interrupted while the event loop was running\n" + Picture.of(loop);
    }

    /** The run ended: the interruption goes on to the caller, unless the body had an outcome of its own. */
    void finish(@Nullable LoopFuture<?> awaited) {
        Throwable failure = awaited != null && awaited.isDone() ? awaited.failure() : null;
        if (failure instanceof TaskCancelledException || failure instanceof InterruptedException) {
            throw Sneaky.rethrow(new InterruptedException(picture));
        }
        Thread.currentThread().interrupt();
    }

    @Override
    public String toString() {
        return picture;
    }
}
