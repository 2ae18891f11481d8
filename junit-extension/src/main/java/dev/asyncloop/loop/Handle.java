package dev.asyncloop.loop;

/**
 * A callback that was given to a loop, to cancel it by. asyncio's {@code Handle}.
 *
 * <p>Loops make them. Loop thread only, where it does not say otherwise.
 */
public interface Handle {

    /** Keeps the callback from running. Does nothing once it ran. */
    void cancel();

    /** Whether {@link #cancel} was called. Any thread. */
    boolean isCancelled();
}
