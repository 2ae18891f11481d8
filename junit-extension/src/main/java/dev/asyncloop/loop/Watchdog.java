package dev.asyncloop.loop;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the running loops now and then, and says which of them a task blocks.
 *
 * <p>One daemon thread for all loops. It reads what the loops write anyway, so that they pay next to nothing for it, and it
 * rests while none runs. Two things it can see: a step that does not end, which is a body that computes, or blocks while it is
 * pinned; and a loop that waits for a lock that its own thread holds.
 */
final class Watchdog {

    private static final long TICK_NANOS = 250_000_000;

    /** Ticks without progress after which a loop counts as blocked. */
    private static final int PATIENCE = 4;

    private static final Set<Driver> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Thread THREAD =
            Thread.ofPlatform().daemon().name("asyncloop-watchdog").unstarted(Watchdog::watch);
    private static volatile boolean resting;

    static {
        THREAD.start();
    }

    private Watchdog() {}

    /** What was last seen of a loop, and for how many ticks it has not changed. */
    private record Sight(long steps, boolean idle, int ticks) {}

    /** A run begins. The loop's thread. */
    static void watch(Driver driver) {
        RUNNING.add(driver);
        if (resting) {
            LockSupport.unpark(THREAD);
        }
    }

    /** A loop wants its steps looked at more often. Any thread. */
    static void hurry() {
        LockSupport.unpark(THREAD);
    }

    /** A run ended. The loop's thread. */
    static void forget(Driver driver) {
        RUNNING.remove(driver);
    }

    private static void watch() {
        Map<Driver, Sight> seen = new HashMap<>();
        while (true) {
            rest();
            seen.keySet().retainAll(RUNNING);
            for (Driver driver : RUNNING) {
                driver.loop().unretrieved().look();
                seen.merge(driver, new Sight(driver.steps(), driver.isIdle(), 0), Watchdog::compare);
                if (seen.get(driver) instanceof Sight sight && sight.ticks == PATIENCE && !report(driver, sight.idle)) {
                    seen.put(driver, new Sight(sight.steps, sight.idle, PATIENCE - 1)); // look again
                }
            }
        }
    }

    private static void rest() {
        long end = System.nanoTime() + TICK_NANOS;
        for (long left = TICK_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, lookAtSteps()));
        }
        resting = true;
        while (RUNNING.isEmpty()) {
            LockSupport.park();
        }
        resting = false;
    }

    /** For loops in debug mode; returns in how many nanoseconds to look again. */
    private static long lookAtSteps() {
        long next = Long.MAX_VALUE;
        for (Driver driver : RUNNING) {
            next = Math.min(next, driver.slowSteps().look());
        }
        return next;
    }

    private static Sight compare(Sight before, Sight now) {
        boolean same = before.steps == now.steps && before.idle == now.idle;
        return same ? new Sight(now.steps, now.idle, before.ticks + 1) : now;
    }

    /** Says what is to be said of a loop that stands still; false if it is nothing. */
    private static boolean report(Driver driver, boolean idle) {
        if (idle) {
            HeldLocks.find(driver).ifPresent(driver::abort);
            return true;
        }
        Optional<String> blocked = BlockedStep.describe(driver);
        blocked.ifPresent(Watchdog::warn);
        return blocked.isPresent();
    }

    private static void warn(String text) {
        LoopLog.log(Level.WARNING, text, null);
    }
}
