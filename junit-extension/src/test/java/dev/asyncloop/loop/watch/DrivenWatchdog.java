package dev.asyncloop.loop.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A watchdog whose time passes only when a test says so. */
public final class DrivenWatchdog implements Pace {

    /** From one of its looks to the next. */
    public static final Duration TICK = Duration.ofNanos(Watchdog.TICK_NANOS);

    private volatile long now = Duration.ofDays(1).toNanos();
    private volatile @Nullable Thread looking;
    private final Watchdog watchdog = new Watchdog(this);

    public Watchdog watchdog() {
        return watchdog;
    }

    /** Whether the time that somebody has for something has begun, and ends after so much of it. Any thread. */
    public boolean isDueIn(Duration time) {
        return watchdog.untilDue() == time.toNanos();
    }

    /**
     * Time passes. When this returns, the watchdog has looked as often as it would have, on this thread. That is not to
     * be the thread of a loop it looks at, which it may have to free.
     */
    public synchronized void passes(Duration time) {
        looking = Thread.currentThread();
        try {
            long end = now + time.toNanos();
            while (now < end) {
                now = Math.min(end, now + Math.min(Watchdog.TICK_NANOS, watchdog.untilDue()));
                watchdog.lookAtSteps();
                watchdog.tick();
                watchdog.look();
            }
        } finally {
            looking = null;
        }
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void runBegins() {
        // it looks when time passes
    }

    @Override
    public void hurry() {
        // the same
    }

    @Override
    public boolean isHere() {
        return Thread.currentThread() == looking;
    }
}
