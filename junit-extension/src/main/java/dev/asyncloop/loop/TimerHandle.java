package dev.asyncloop.loop;

import java.time.Duration;

/** A callback that a loop is to call at a certain time, and that can be cancelled: asyncio's {@code TimerHandle}. */
public interface TimerHandle extends Handle {

    /** When it is due, on the clock of {@code EventLoop.time()}. */
    Duration when();
}
