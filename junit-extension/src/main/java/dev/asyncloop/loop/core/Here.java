package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/** Where the current thread is: on which loop, and in which coroutine. Any thread. */
public final class Here {

    private Here() {}

    /** The loop whose task or callback the current thread runs; null outside of a loop. */
    public static @Nullable LoopCore running() {
        return Engine.running();
    }

    /**
     * Like {@link #running()}, but never null.
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

    /** The coroutine that runs on the current thread; null in a callback and outside of a loop. */
    public static @Nullable Coroutine currentCoroutine() {
        LoopCore here = running();
        return here == null ? null : here.current();
    }

    /** Like {@link #currentCoroutine()}, for a wait: throws {@link IllegalStateException} where there is none. */
    public static Coroutine requireCoroutine() {
        Coroutine coroutine = currentCoroutine();
        if (coroutine == null) {
            throw CoreMisuse.awaitOutsideOfTask();
        }
        return coroutine;
    }
}
