package dev.asyncloop.loop.core;

/** What a coroutine is to the loop. */
public enum CoroutineKind {
    /** Started by {@code createTask}. */
    TASK,
    /** May outlive the code that started it; it is cancelled silently. */
    BACKGROUND,
    /** A virtual thread that the code under test started itself. */
    VIRTUAL_THREAD,
    /** The body of an async generator. */
    GENERATOR,
    /** Runs the phases of a test. */
    MAIN
}
