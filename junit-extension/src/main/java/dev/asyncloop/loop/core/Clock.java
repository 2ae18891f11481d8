package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/** The inside of a loop's clock: what time it is, and how an idle loop waits for the next timer. */
public abstract class Clock {

    /** For the clocks of the loop only. */
    protected Clock() {}

    /** Gives this clock to a loop that is being created. The creating thread only. */
    protected abstract void start(LoopCore core);

    /** The time in nanoseconds; only differences mean something. Any thread. */
    protected abstract long nanos();

    /**
     * Waits until something may be ready, or moves the time on to the next timer. Nothing is ready at the call, and the
     * first timer is due in {@code nanos}; {@code Long.MAX_VALUE} means no timer. Loop thread only.
     */
    protected abstract void await(ReadyQueue ready, long nanos);

    /** Knows who outside will wake the loop; null where the clock need not know. */
    protected abstract @Nullable Outside outside();

    /** What a dump of the loop says about the clock; null for nothing. Any thread. */
    protected abstract @Nullable String note();
}
