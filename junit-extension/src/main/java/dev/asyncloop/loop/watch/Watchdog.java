package dev.asyncloop.loop.watch;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the running loops at intervals, and says which of them stands still.
 *
 * <p>It is one daemon thread for all loops, and rests while none runs. It reads only what the loops write anyway, so
 * that they pay next to nothing for it. It sees three things: a step that does not end, since it computes or blocks
 * while it is pinned; a loop whose tasks all wait for each other; and, by {@link RunGuard}, a run that takes too long.
 */
public final class Watchdog {

    private static final long TICK_NANOS = 250_000_000;

    /** How long a loop may stand still before it is looked at. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final WatchClock CLOCK = new WatchClock(TICK_NANOS);

    private static final Set<RunWatch> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Thread THREAD =
            Thread.ofPlatform().daemon().name("asyncloop-watchdog").unstarted(Watchdog::lookOn);
    private static volatile boolean resting;

    static {
        THREAD.start();
    }

    private Watchdog() {}

    /** What was last seen of a loop, since when that has not changed, and whether it was reported. */
    private record Sight(long steps, boolean idle, long since, boolean said) {

        Sight orUnchanged(Sight now) {
            return steps == now.steps && idle == now.idle ? this : now;
        }

        boolean isDue(long time) {
            return !said && time - since >= PATIENCE_NANOS;
        }
    }

    /** The time on the watchdog's clock in nanoseconds; only differences mean something. Any thread. */
    public static long time() {
        return CLOCK.time(System.nanoTime());
    }

    /** The time when the watchdog last looked, which costs nothing to read. Any thread. */
    static long lastTick() {
        return CLOCK.lastTick();
    }

    /** A run begins. The loop's thread. */
    static void watch(RunWatch watch) {
        CLOCK.touch(System.nanoTime());
        RUNNING.add(watch);
        if (resting) {
            LockSupport.unpark(THREAD);
        }
    }

    /** A run ended. The loop's thread. */
    static void forget(RunWatch watch) {
        RUNNING.remove(watch);
    }

    /** Makes it look earlier, since something is due. Any thread. */
    static void hurry() {
        LockSupport.unpark(THREAD);
    }

    /** Whether the current thread is the watchdog's. */
    static boolean isHere() {
        return Thread.currentThread() == THREAD;
    }

    private static void lookOn() {
        Map<RunWatch, Sight> seen = new HashMap<>();
        while (true) {
            rest();
            seen.keySet().retainAll(RUNNING);
            for (RunWatch watch : RUNNING) {
                try {
                    look(watch, seen);
                } catch (RuntimeException | StackOverflowError broken) {
                    // in somebody else's toString or log handler; this thread must go on for the other loops
                }
            }
        }
    }

    private static void look(RunWatch watch, Map<RunWatch, Sight> seen) {
        watch.core().host().lookForUnseen();
        long time = time();
        watch.guard().look(time);
        Sight sight =
                new Sight(watch.core().driver().steps(), watch.core().driver().isIdle(), time, false);
        Sight before = seen.get(watch);
        sight = before == null ? sight : before.orUnchanged(sight);
        seen.put(watch, sight);
        if (sight.isDue(time) && report(watch, sight.idle)) {
            seen.put(watch, new Sight(sight.steps, sight.idle, sight.since, true));
        }
    }

    private static void rest() {
        long end = System.nanoTime() + TICK_NANOS;
        for (long left = untilNext(end); left > 0; left = untilNext(end)) {
            LockSupport.parkNanos(Math.min(left, lookAtSteps()));
        }
        CLOCK.tick(System.nanoTime());
        resting = true;
        while (RUNNING.isEmpty()) {
            LockSupport.park();
            CLOCK.touch(System.nanoTime());
        }
        resting = false;
    }

    private static long untilNext(long tick) {
        long nanos = tick - System.nanoTime();
        for (RunWatch watch : RUNNING) {
            nanos = Math.min(nanos, watch.guard().untilDue(time()));
        }
        return nanos;
    }

    /** Looks at the steps of loops in debug mode. Returns in how many nanoseconds to look again. */
    private static long lookAtSteps() {
        long next = Long.MAX_VALUE;
        for (RunWatch watch : RUNNING) {
            next = Math.min(next, watch.slowSteps().look());
        }
        return next;
    }

    /** Reports a loop that stands still; false if there is nothing to report. */
    private static boolean report(RunWatch watch, boolean idle) {
        if (idle) {
            watch.guard().standsStill(true);
            return true;
        }
        Optional<String> blocked = BlockedStep.describe(watch.core());
        blocked.ifPresent(text -> Log.quietly(Level.WARNING, text, null));
        return blocked.isPresent();
    }
}
