package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Outside;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.ReadyQueue;
import dev.asyncloop.loop.time.Advance;
import dev.asyncloop.loop.time.ClockMisuse;
import dev.asyncloop.loop.time.ForeignWaits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A clock for the timers and sleeps of one loop, on which waiting takes no time. It starts at zero.
 *
 * <p>Time stands still while anything is ready. When the loop has nothing to do, time jumps to the next deadline, never
 * past one. It does not jump while something outside of the loop is about to wake it; then the loop really waits:
 *
 * <ul>
 *   <li>a job that the loop gave to an executor;
 *   <li>a task in a call of the JDK that waits for a socket, a process or another library's {@code CompletableFuture}.
 *       A server that waits for a connection does not count: a listener may wait for ever;
 *   <li>a task in a call of the JDK that waits for a certain time, such as {@code Thread.sleep}: that time is real;
 *   <li>a stage of another library that a task or callback of the loop waits for.
 * </ul>
 *
 * <p>A task that waits without a limit for a lock, a queue, a latch or a {@code LoopFuture} does not keep time from
 * jumping: most likely another task will wake it. A task that waits to enter a monitor keeps time from jumping for 50
 * ms.
 *
 * <p>Time ends after 146 years: whatever is due later is due then.
 */
@SuppressWarnings("exports") // its supertypes are hidden from users
public final class VirtualClock extends LoopClock {

    private static final long MONITOR_POLL_NANOS = 1_000_000;

    private final AtomicReference<@Nullable LoopCore> owner = new AtomicReference<>();
    private final ForeignWaits waits = new ForeignWaits();

    /** The advances under way, by their end, and those of one end by their beginning. Loop thread only. */
    private final List<Advance> advances = new ArrayList<>();

    /** Written by the loop's thread, or the thread that uses the loop while it does not run; read by any. */
    private volatile long now;

    /**
     * What the loop really waits for now, so that time stands still; null if it does not. Written by the loop's thread,
     * read by any.
     */
    private volatile @Nullable Object standsStillFor;

    VirtualClock() {}

    /** The time since the loop's creation: its {@code EventLoop.time()}. Any thread. */
    public Duration now() {
        return Duration.ofNanos(now);
    }

    /**
     * Lets {@code duration} pass, whatever goes on outside of the loop. Timers that fall due on the way run at their
     * own time and in order, with those that are set on the way. Before each of them, everything that is ready runs.
     * With a duration of zero, only what is ready runs.
     *
     * <p>In a task, it waits until all of that has happened. While nobody runs the loop, it runs the loop, as
     * {@code EventLoop.runUntilComplete} does. In a callback, which cannot wait, it returns at once; time passes as
     * soon as nothing is ready.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if no loop was made with this clock, its loop is closed, or another thread runs it
     */
    public void advance(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw ClockMisuse.cannotGoBack(duration);
        }
        LoopCore core = owner.get();
        if (core == null) {
            throw ClockMisuse.withoutLoop();
        }
        core.ensureUsable();
        if (core.isRunning()) {
            Advance advance = begin(core, duration);
            if (Here.currentCoroutine() != null) {
                advance.await();
            }
        } else {
            runTo(core, begin(core, duration));
        }
    }

    private Advance begin(LoopCore core, Duration duration) {
        Advance advance = new Advance(core, Nanos.sum(now, Nanos.of(duration)));
        advances.add(advance);
        advances.sort(Comparator.comparingLong(Advance::end));
        return advance;
    }

    private static void runTo(LoopCore core, Advance advance) {
        try {
            core.runUntilComplete(() -> advance);
        } finally {
            advance.cancel(null); // where the run was stopped or interrupted on the way
        }
    }

    @Override
    protected void start(LoopCore core) {
        if (!owner.compareAndSet(null, core)) {
            throw ClockMisuse.ofAnotherLoop();
        }
    }

    @Override
    protected long nanos() {
        return now;
    }

    @Override
    protected void await(ReadyQueue ready, long nanos) {
        long next = nanos == Long.MAX_VALUE ? nanos : now + nanos;
        advances.removeIf(Advance::isDone);
        if (!advances.isEmpty()) {
            moveOn(advances.get(0), next);
            return;
        }
        Object inFlight = next == Long.MAX_VALUE ? null : inFlight();
        if (ready.hasMore()) { // asked last: whatever is not in flight any more has made something ready before, and
            return; // a task that wakes up while its stack is looked at is made ready by the look
        }
        if (next == Long.MAX_VALUE || inFlight != null) {
            standsStillFor = inFlight;
            ready.await(Long.MAX_VALUE);
            standsStillFor = null;
        } else if (waits.isJustBlocked()) {
            ready.await(MONITOR_POLL_NANOS);
        } else {
            now = next;
        }
    }

    /** Moves the time on to the next deadline, or else to the end of the advance. */
    private void moveOn(Advance advance, long next) {
        if (next <= advance.end()) {
            now = next;
        } else {
            now = advance.end();
            advance.complete(null);
        }
    }

    private @Nullable Object inFlight() {
        LoopCore core = owner.get();
        return core != null && core.work().away() > 0 ? "a job of an executor" : waits.inFlight();
    }

    @Override
    protected Outside outside() {
        return waits;
    }

    @Override
    protected String note() {
        Object what = standsStillFor;
        return "virtual time is " + now() + (what == null ? "" : ", and stands still for " + label(what));
    }

    private static Object label(Object what) {
        return what instanceof Coroutine coroutine
                ? coroutine.label()
                : what instanceof Promise<?> stage ? Promises.label(stage) : what;
    }

    @Override
    public String toString() {
        return "virtual clock at " + now();
    }
}
