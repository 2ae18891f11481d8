package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/** The failures of tasks that nobody has looked at. Any thread. */
public interface UnseenFailures {

    /** One failure that was noted; the key by which it is forgotten. */
    interface Failure {}

    /** Notes that {@code coroutine} is about to fail with {@code thrown}. Null if it is not kept. */
    @Nullable
    Failure note(Coroutine coroutine, Throwable thrown);

    /** Forgets a failure: somebody looked at the outcome. */
    void forget(Failure seen);

    /** Forgets {@code thrown} and its causes: somebody has passed them on, and so has looked. */
    void passedOn(Throwable thrown);
}
