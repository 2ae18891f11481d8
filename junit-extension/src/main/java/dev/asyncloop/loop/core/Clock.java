package dev.asyncloop.loop.core;

import org.jspecify.annotations.Nullable;

/** The inside of a loop's clock: what time it is, and how an idle loop waits for the next timer. */
public abstract class Clock {

    /** For the clocks of the loop only. */
    protected Clock() {}

    /** The loop that is being created has this clock. The thread that creates it. */
    protected abstract void start(LoopCore core);

    /** Any thread. Only the difference of two times means something. */
    protected abstract long nanos();

    /**
     * Nothing is ready, and the first timer is due in {@code nanos}, or {@code Long.MAX_VALUE} for none: waits until that may have changed,
     * or lets time go on. Loop thread only.
     */
    protected abstract void await(ReadyQueue ready, long nanos);

    /** Whom it asks who will wake the loop; null where it does not care. */
    protected abstract @Nullable Outside outside();

    /** What a dump of the loop says about it; null where it goes without saying. Any thread. */
    protected abstract @Nullable String note();
}
