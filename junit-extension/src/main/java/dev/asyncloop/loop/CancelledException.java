package dev.asyncloop.loop;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown in a task that was cancelled, at its next {@code await}, and to whoever awaits it.
 *
 * <p>asyncio's {@code CancelledError}. Catch it to clean up, then let it go on.
 */
public final class CancelledException extends CancellationException {

    private static final long serialVersionUID = 1L;

    /** {@code message} says why, null where nobody said. */
    public CancelledException(@Nullable String message) {
        super(message);
    }
}
