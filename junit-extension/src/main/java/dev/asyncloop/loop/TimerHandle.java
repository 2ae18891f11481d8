package dev.asyncloop.loop;

import java.time.Duration;

/** A callback that was given to a loop for a time, to cancel it by. asyncio's {@code TimerHandle}. */
public interface TimerHandle extends Handle {

    /** When it is due, on the clock of {@code EventLoop.time()}. */
    Duration when();
}
