package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Clock;

/** The clock of a loop's timers and sleeps. It also says how an idle loop waits for the next of them. */
@SuppressWarnings("exports") // its supertypes are hidden from users
public abstract sealed class LoopClock extends Clock permits SystemClock, VirtualClock {

    LoopClock() {}

    /** The system's clock, in real time. */
    public static LoopClock system() {
        return SystemClock.INSTANCE;
    }

    /** A new clock for one loop, on which waiting takes no time: see {@link VirtualClock}. */
    public static VirtualClock virtual() {
        return new VirtualClock();
    }
}
