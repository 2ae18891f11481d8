package dev.asyncloop.loop;

import java.io.Serial;

/**
 * Thrown when a run of an event loop had to be ended, since it would not end by itself. Its message shows every task at
 * that moment.
 *
 * <p>Either the run came to its {@linkplain LoopOptions#timeout timeout}, or its tasks waited for each other, so that
 * nothing could wake the loop any more. The awaited body was cancelled first. If it then threw anything but the
 * cancellation, that is a suppressed exception of this one. The stack trace shows where the body waited.
 */
public final class StuckLoopException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StuckLoopException(String message, StackTraceElement[] where) {
        super(message, null, true, true);
        setStackTrace(where);
    }
}
