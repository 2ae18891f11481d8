package dev.asyncloop.loop.watch;

import dev.asyncloop.loop.pools.StuckPools;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the running loops at intervals, and says which of them stands still.
 *
 * <p>It reads what the loops write anyway, so that they pay next to nothing for it. It sees a step that does not end,
 * which is a body that computes, or blocks while it is pinned; a loop of which all tasks wait for each other; and, by
 * {@link RunGuard}, a run that takes too long.
 *
 * <p>One looks after all loops of the JVM, on a thread of its own. A test can give a loop another, whose time it has in
 * hand. They differ in their {@link Pace}, which says when to look, and what time it is. The thread that the pace has
 * it look on is called the watchdog's.
 */
public final class Watchdog {

    /** How long it may be from one look to the next. */
    static final long TICK_NANOS = 250_000_000;

    /** How long a loop may stand still before it is looked at. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final Pace pace;
    private final WatchClock clock = new WatchClock(TICK_NANOS);

    /** Written by the loops' threads, read by the watchdog's. */
    private final Set<RunWatch> running = ConcurrentHashMap.newKeySet();

    /** What was last seen of each. The watchdog's thread only. */
    private final Map<RunWatch, Sight> seen = new HashMap<>();

    Watchdog(Pace pace) {
        this.pace = pace;
        touch();
    }

    /** The one that looks after every loop that was not given another. Any thread. */
    public static Watchdog ofAllLoops() {
        return WatchThread.WATCHDOG;
    }

    /** What was last seen of a loop, since when that has not changed, and whether it was reported. */
    private record Sight(long steps, boolean idle, long since, boolean said) {

        Sight orUnchanged(Sight now) {
            return steps == now.steps && idle == now.idle ? this : now;
        }

        boolean isDue(long time) {
            return !said && time - since >= PATIENCE_NANOS;
        }
    }

    /** The time that it goes by, in nanoseconds from anywhere. Any thread. */
    long time() {
        return clock.time(pace.nanos());
    }

    /** That time as it was when the watchdog last looked, which costs nothing to read. Any thread. */
    long lastTick() {
        return clock.lastTick();
    }

    /** The time with what {@link #time} leaves out. Any thread. */
    long nanos() {
        return pace.nanos();
    }

    /** A run begins. The loop's thread. */
    void watch(RunWatch watch) {
        touch();
        running.add(watch);
        pace.runBegins();
    }

    /** A run ended. The loop's thread. */
    void forget(RunWatch watch) {
        running.remove(watch);
    }

    /** Something is due earlier than it would look. Any thread. */
    void hurry() {
        pace.hurry();
    }

    /** Whether this is its thread. Any thread. */
    boolean isHere() {
        return pace.isHere();
    }

    // ---- for the pace, on the watchdog's thread ----

    /** Whether there is anything to look at. */
    boolean isWatching() {
        return !running.isEmpty();
    }

    /** Takes now for a tick, after a time without ticks, since nothing ran. So does a thread that begins a run. */
    void touch() {
        clock.touch(pace.nanos());
    }

    /** The time has gone on, by a tick or up to what was due before. */
    void tick() {
        clock.tick(pace.nanos());
    }

    /** In how many nanoseconds a guard has something to do. */
    long untilDue() {
        long nanos = Long.MAX_VALUE;
        for (RunWatch watch : running) {
            nanos = Math.min(nanos, watch.guard().untilDue(time()));
        }
        return nanos;
    }

    /** For loops in debug mode; returns in how many nanoseconds to look again. */
    long lookAtSteps() {
        long next = Long.MAX_VALUE;
        for (RunWatch watch : running) {
            next = Math.min(next, watch.slowSteps().look());
        }
        return next;
    }

    /** Looks at each running loop, and does what is due there. */
    void look() {
        seen.keySet().retainAll(running);
        for (RunWatch watch : running) {
            try {
                look(watch);
            } catch (RuntimeException | StackOverflowError broken) {
                // in somebody else's toString or log handler; this thread must go on for the other loops
            }
        }
    }

    private void look(RunWatch watch) {
        watch.core().host().lookForUnseen();
        long time = time();
        watch.guard().look(time);
        Sight sight =
                new Sight(watch.core().driver().steps(), watch.core().driver().isIdle(), time, false);
        Sight before = seen.get(watch);
        sight = before == null ? sight : before.orUnchanged(sight);
        seen.put(watch, sight);
        if (sight.isDue(time)) {
            boolean said = report(watch, sight.idle);
            seen.put(watch, new Sight(sight.steps, sight.idle, sight.idle ? time : sight.since, said));
        }
    }

    /** Says what is to be said of a loop that stands still; false if there may be something to say later. */
    private static boolean report(RunWatch watch, boolean idle) {
        if (idle) {
            watch.guard().standsStill(true);
            return !StuckPools.mayCome();
        }
        Optional<String> blocked = BlockedStep.describe(watch.core());
        blocked.ifPresent(text -> Log.quietly(Level.WARNING, text, null));
        return blocked.isPresent();
    }
}
