package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Clock;

/** Says what time it is for the timers and sleeps of a loop, and how an idle loop waits for the next of them. */
@SuppressWarnings("exports") // its supertypes are hidden from users
public abstract sealed class LoopClock extends Clock permits SystemClock, VirtualClock {

    LoopClock() {}

    /** The system's clock: waiting takes as long as it says. */
    public static LoopClock system() {
        return SystemClock.INSTANCE;
    }

    /** A new clock for one loop, on which waiting takes no time: see {@link VirtualClock}. */
    public static VirtualClock virtual() {
        return new VirtualClock();
    }
}
