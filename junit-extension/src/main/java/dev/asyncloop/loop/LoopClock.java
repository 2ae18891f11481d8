package dev.asyncloop.loop;

import org.jspecify.annotations.Nullable;

/** Says what time it is for the timers and sleeps of a loop, and how an idle loop waits for the next of them. */
public abstract sealed class LoopClock permits SystemClock, VirtualClock {

    LoopClock() {}

    /** The system's clock: waiting takes as long as it says. */
    public static LoopClock system() {
        return SystemClock.INSTANCE;
    }

    /** A new clock for one loop, on which waiting takes no time: see {@link VirtualClock}. */
    public static VirtualClock virtual() {
        return new VirtualClock();
    }

    /** The loop that is being created has this clock. The thread that creates it. */
    abstract void start(EventLoop loop);

    /** Any thread. Only the difference of two times means something. */
    abstract long nanos();

    /** Nothing is ready, and the first timer due in {@code nanos}, or {@code Long.MAX_VALUE} for none: waits until that may have changed, or lets time go on. Loop thread only. */
    abstract void await(ReadyQueue ready, long nanos);

    /** What it has to know about waits outside of the loop; null where it does not care. */
    abstract @Nullable ForeignWaits foreignWaits();

    /** What the picture of a loop says about it; null where it goes without saying. Any thread. */
    abstract @Nullable String note();
}
