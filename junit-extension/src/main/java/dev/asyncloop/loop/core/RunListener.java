package dev.asyncloop.loop.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the driver of one loop does, and may tell it to end. On the loop's thread, where it does not say
 * otherwise.
 */
public interface RunListener {

    /** Why a run is to end before its body does. */
    interface Verdict {

        /** To be thrown out of the run. */
        RuntimeException exception();

        /** The same, with what the body or a callback failed with meanwhile. */
        RuntimeException overruling(@Nullable Throwable later);
    }

    /** A run begins, of {@code awaited} where it is one to completion. */
    void runBegins(@Nullable Promise<?> awaited);

    /** The run ended. Whether its thread was interrupted by this listener. */
    boolean runEnded();

    /** A coroutine is about to go on. */
    void resumes(Coroutine coroutine);

    /** The loop has nothing to do, and no time at which it will have. */
    void standsStill();

    /** A step begins, in debug mode. */
    void timedStepBegins(Step step);

    /** It ended. */
    void timedStepEnds(Step step);

    /** The body was told to end by an interruption; if it does not, the run is to be aborted with {@code givenUp}. */
    void bodyInterrupted(Supplier<InterruptedException> givenUp);

    /** Whether the current thread, which interrupts the loop's, does so to free it for this listener. Any thread. */
    boolean isInterrupting();

    /** Why the run is to end, null where it is not. */
    @Nullable
    Verdict verdict();

    /** The debug mode, or what it measures, was changed. Any thread. */
    void debugChanged();
}
