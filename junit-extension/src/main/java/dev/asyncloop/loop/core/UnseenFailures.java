package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/** Keeps what tasks failed with while nobody saw to their outcome. Any thread. */
public interface UnseenFailures {

    /** One of them, to forget it by. */
    interface Failure {}

    /** {@code coroutine} is about to fail with {@code thrown}; null where that is not kept. */
    @Nullable
    Failure note(Coroutine coroutine, Throwable thrown);

    /** Somebody looked at the outcome. */
    void forget(Failure seen);

    /** {@code thrown} came out elsewhere, and so did its causes: whoever passed it on has looked. */
    void passedOn(Throwable thrown);
}
