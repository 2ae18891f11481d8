package dev.asyncloop.jupiter.session;

import org.jspecify.annotations.Nullable;

/**
 * A session with the phases of JUnit's life cycle, which all run in one coroutine: the session of a test or of a class.
 */
public sealed interface LifecycleSession extends Session, FixtureHome permits TestSession, ClassSession {

    /** Runs a phase in the coroutine, on the calling thread. */
    <T extends @Nullable Object> T run(Phase<? extends T> phase);

    /**
     * Runs the constructor. Afterwards other extensions fill the instance, perhaps with what they keep for other tests.
     */
    <T extends @Nullable Object> T runConstructor(Phase<? extends T> constructor);

    /** Ends the coroutine, after the last phase. What is still on the loop goes on until {@link #close}. */
    void phasesEnded();
}
