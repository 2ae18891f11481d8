package dev.asyncloop.loop.watch;

/**
 * Real time without that in which the whole JVM stood still, as it does in a debugger or on a laptop that sleeps.
 *
 * <p>It is known by a tick that comes far too late. The methods take the time of {@link System#nanoTime()}.
 */
final class WatchClock {

    /** A tick that comes later than this was kept from coming. */
    private static final long STALL_NANOS = 2_000_000_000;

    private final long interval;

    /** When the last tick came. Written by the ticking thread and those that {@link #touch}. */
    private volatile long last;

    /** The time that does not count. Written by the ticking thread. */
    private volatile long lost;

    /** Ticks are to come at least once in {@code interval} nanoseconds. */
    WatchClock(long interval) {
        this.interval = interval;
    }

    long time(long now) {
        return now - lost;
    }

    /** The time of the last tick. */
    long lastTick() {
        return last - lost;
    }

    /** Takes now for a tick, after a time without ticks. */
    void touch(long now) {
        last = now;
    }

    void tick(long now) {
        long since = now - last;
        if (since > STALL_NANOS) {
            lost += since - interval;
        }
        last = now;
    }
}
