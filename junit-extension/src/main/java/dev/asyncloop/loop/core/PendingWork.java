package dev.asyncloop.loop.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a loop still has to do: the steps that are ready, its timers, and the jobs that other threads do for it.
 *
 * <p>Dumps, the watchdog and virtual clocks ask it, so any thread may, where a method does not say otherwise. The
 * answers are snapshots of what other threads change.
 */
public final class PendingWork {

    private final ReadyQueue ready;
    private final Timers timers;

    /** How many jobs were handed out and did not come back. Any thread. */
    private final AtomicInteger away = new AtomicInteger();

    PendingWork(ReadyQueue ready, Timers timers) {
        this.ready = ready;
        this.timers = timers;
    }

    /** How many steps are ready. */
    public int steps() {
        return ready.pending();
    }

    /** Whether any step is ready. */
    public boolean hasSteps() {
        return ready.hasMore();
    }

    /** How many timers wait. */
    public int timers() {
        return timers.pending();
    }

    /** Whether no timer waits. The loop's thread, or another one while the loop is idle. */
    public boolean hasNoTimers() {
        return timers.isEmpty();
    }

    /** When the first timer is due, in nanoseconds of {@link LoopCore#nanos}; {@code Long.MAX_VALUE} without timers. */
    public long nextTimerAt() {
        return timers.nextAt();
    }

    /** How many jobs other threads have. Each of them will wake the loop. */
    public int away() {
        return away.get();
    }

    /** A job was handed to another thread. */
    public void handedOut() {
        away.incrementAndGet();
    }

    /** A job came back, or never will. */
    public void cameBack() {
        away.decrementAndGet();
    }
}
