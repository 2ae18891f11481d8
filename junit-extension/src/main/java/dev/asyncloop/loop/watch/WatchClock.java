package dev.asyncloop.loop.watch;

/**
 * Real time, without the times in which the whole JVM stood still, as in a debugger or on a laptop that sleeps.
 *
 * <p>A tick that comes far too late shows that the JVM stood still. The methods take the time of
 * {@link System#nanoTime()}.
 */
final class WatchClock {

    /** If a tick comes later than this, the JVM stood still. */
    private static final long STALL_NANOS = 2_000_000_000;

    private final long interval;

    /** When the last tick came. Written by the ticking thread, and by threads that call {@link #touch}. */
    private volatile long last;

    /** How long the JVM stood still in all. Written by the ticking thread. */
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

    /** Counts {@code now} as a tick, after a time in which nobody ticked. */
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
