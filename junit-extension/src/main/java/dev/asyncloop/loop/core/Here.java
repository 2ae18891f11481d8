package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/** Where the current thread is: on which loop, and in which coroutine. Any thread. */
public final class Here {

    private Here() {}

    /** The loop whose task or callback the current thread runs, null where that is none. Any thread. */
    public static @Nullable LoopCore running() {
        return Engine.running();
    }

    /**
     * The same.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static LoopCore requireRunning() {
        LoopCore here = running();
        if (here == null) {
            throw CoreMisuse.noRunningLoop();
        }
        return here;
    }

    /** The coroutine that the current thread is, null in a callback and outside of a loop. Any thread. */
    public static @Nullable Coroutine currentCoroutine() {
        LoopCore here = running();
        return here == null ? null : here.current();
    }

    /** The coroutine that is to wait. */
    public static Coroutine requireCoroutine() {
        Coroutine coroutine = currentCoroutine();
        if (coroutine == null) {
            throw CoreMisuse.awaitOutsideOfTask();
        }
        return coroutine;
    }
}
