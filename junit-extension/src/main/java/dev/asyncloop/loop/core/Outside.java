package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/**
 * Knows who outside of a loop will wake it. A clock that jumps asks it before. Loop thread only, where it does not say
 * otherwise.
 */
public interface Outside {

    /** A coroutine ran up to where it waits next, or to its end. */
    void stepEnded(Coroutine coroutine);

    /** A stage of another library may wake the loop from now on. Any thread. */
    void began(Promise<?> stage);

    /** It is done, and now the loop is told; no wake-up is on its way yet. Any thread. */
    void ends(Promise<?> stage);

    /** The loop was told, which it will see before this. Any thread. */
    void ended(Promise<?> stage);

    /** Something that will wake the loop; null where there is none. While the loop is idle. */
    @Nullable
    Object inFlight();

    /**
     * Whether a coroutine has begun to wait for a monitor only just now, so that nobody can say yet. After
     * {@link #inFlight}.
     */
    boolean isJustBlocked();
}
