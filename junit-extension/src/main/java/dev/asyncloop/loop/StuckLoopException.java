package dev.asyncloop.loop;

import java.io.Serial;

/**
 * Says that a run of an event loop was ended because it would not end by itself, with a dump of every task of that
 * moment.
 *
 * <p>Either it came to its {@linkplain LoopOptions#timeout timeout}, or it was certain that nothing could wake the loop
 * any more: its tasks waited for each other. The awaited body was cancelled first; what it threw then, other than that,
 * is a suppressed exception of this one. Its stack trace is where the body was waiting.
 */
public final class StuckLoopException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StuckLoopException(String message, StackTraceElement[] where) {
        super(message, null, true, true);
        setStackTrace(where);
    }
}
