package dev.asyncloop.loop;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says that a run of an event loop was ended because it would not end by itself, with a picture of every task of that moment.
 *
 * <p>Either it came to its {@linkplain LoopOptions#limit limit}, or it was certain that nothing could wake the loop any more: its
 * tasks waited for each other. The awaited body was cancelled first; what it threw then, other than that, is a suppressed
 * exception of this one. Its stack trace is where the body was waiting.
 */
public final class StuckLoopException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String picture;

    private StuckLoopException(String reason, String ending, String picture, StackTraceElement[] stack) {
        super(reason + ending + "\n" + picture, null, true, true);
        this.reason = reason;
        this.picture = picture;
        setStackTrace(stack);
    }

    private static StuckLoopException of(String reason, EventLoop loop, LoopFuture<?> awaited) {
        Task<?> body = Deadlock.bodyOf(awaited);
        return new StuckLoopException(
                reason,
                "",
                Picture.of(loop),
                body == null ? new StackTraceElement[0] : body.stackTrace().toArray(StackTraceElement[]::new));
    }

    static StuckLoopException overLimit(Duration limit, EventLoop loop, LoopFuture<?> awaited) {
        return of(
                "The event loop was not done within its limit of " + Words.of(limit)
                        + ", which LoopOptions.limit sets, and under JUnit the configuration parameter"
                        + " asyncloop.timeout",
                loop,
                awaited);
    }

    /** {@code circle} says who waits for whom. */
    static StuckLoopException never(String circle, EventLoop loop, LoopFuture<?> awaited) {
        return of("The event loop can never go on: " + circle, loop, awaited);
    }

    /** This one, with what the body or a callback failed with meanwhile, unless that says no more than that it was told to end. */
    StuckLoopException overruling(@Nullable Throwable later) {
        if (later instanceof StuckLoopException givenUp) {
            return givenUp;
        }
        if (later != null && !(later instanceof TaskCancelledException || later instanceof InterruptedException)) {
            addSuppressed(later);
        }
        return this;
    }

    /** The same, where cancelling the body did not help. */
    StuckLoopException givenUp() {
        return new StuckLoopException(
                reason,
                "; the body was cancelled, did not end within " + Words.of(Driver.GRACE) + " and was given up",
                picture,
                getStackTrace());
    }
}
