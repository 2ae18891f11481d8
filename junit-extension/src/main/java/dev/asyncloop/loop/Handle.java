package dev.asyncloop.loop;

/**
 * A callback that was given to a loop, and can be cancelled: asyncio's {@code Handle}.
 *
 * <p>Only loops make handles. Loop thread only, where a method does not say otherwise.
 */
public interface Handle {

    /** Keeps the callback from running. Does nothing once it ran. */
    void cancel();

    /** Whether {@link #cancel} was called. Any thread. */
    boolean isCancelled();
}
