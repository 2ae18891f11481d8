package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/**
 * Knows who outside of a loop will wake it. A virtual clock asks before it jumps. Loop thread only, where a method does
 * not say otherwise.
 */
public interface Outside {

    /** A coroutine ran up to where it waits next, or to its end. */
    void stepEnded(Coroutine coroutine);

    /** A stage of another library may wake the loop from now on. Any thread. */
    void began(Promise<?> stage);

    /** The stage is done, and the loop is about to be told. Any thread. */
    void ends(Promise<?> stage);

    /** The loop was told that the stage is done. The loop sees that before it sees this call. Any thread. */
    void ended(Promise<?> stage);

    /** Something outside that will wake the loop; null if nothing will. While the loop is idle. */
    @Nullable
    Object inFlight();

    /**
     * Whether a coroutine has only just begun to wait for a monitor; who holds it cannot be told. To be called after
     * {@link #inFlight}.
     */
    boolean isJustBlocked();
}
