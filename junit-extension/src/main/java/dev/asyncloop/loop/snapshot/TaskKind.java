package dev.asyncloop.loop.snapshot;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineKind;

/** The kinds of tasks. */
public enum TaskKind {
    /** One that somebody has to wait for. */
    TASK("task"),
    /** One that may outlive the code that started it. */
    BACKGROUND_TASK("background task"),
    /** A virtual thread that the code under test started by itself. */
    VIRTUAL_THREAD("virtual thread");

    private final String words;

    TaskKind(String words) {
        this.words = words;
    }

    static TaskKind of(Coroutine coroutine) {
        return coroutine.kind() == CoroutineKind.VIRTUAL_THREAD
                ? VIRTUAL_THREAD
                : coroutine.isBackground() ? BACKGROUND_TASK : TASK;
    }

    /** As messages call it, such as {@code background task}. */
    @Override
    public String toString() {
        return words;
    }
}
