package dev.asyncloop.loop.core;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the driver of one loop does, and may end its run. On the loop's thread, where a method does not say
 * otherwise.
 */
public interface RunListener {

    /** Why a run is to end before its body does. */
    interface Verdict {

        /** What the run throws. */
        RuntimeException exception();

        /** The same, given that the body or a callback failed with {@code later} meanwhile. */
        RuntimeException overruling(@Nullable Throwable later);
    }

    /** A run begins. It waits for {@code awaited}; null if it runs until it is stopped. */
    void runBegins(@Nullable Promise<?> awaited);

    /** The run ended. Returns whether this listener interrupted its thread. */
    boolean runEnded();

    /** A coroutine is about to go on. */
    void resumes(Coroutine coroutine);

    /** The loop has nothing to do, and no timer after which it would. */
    void standsStill();

    /** A step begins, in debug mode. */
    void timedStepBegins(Step step);

    /** The step ended, in debug mode. */
    void timedStepEnds(Step step);

    /** An interruption told the body to end. If it does not in time, the run is to be aborted with {@code givenUp}. */
    void bodyInterrupted(Supplier<InterruptedException> givenUp);

    /**
     * Whether the current thread interrupts the loop's thread on behalf of this listener, to free it from a callback.
     * Any thread.
     */
    boolean isInterrupting();

    /** Why the run is to end; null if it is not. */
    @Nullable
    Verdict verdict();

    /** Where the body is that the run waits for, from the first line of user code on. Any thread. */
    List<StackTraceElement> where();

    /** The debug mode or its limit for slow steps has changed. Any thread. */
    void debugChanged();
}
