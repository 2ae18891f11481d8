package dev.asyncloop.loop.watch;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run that would not end by itself: one that comes to its timeout, one whose tasks all wait for each other, and
 * one whose body was interrupted and does not end.
 *
 * <pre>
 *   RUNNING --timeout, circle, interruption--&gt; ENDING (the body is cancelled)
 *   ENDING  --grace over, or still a circle--&gt; GIVEN UP (the run aborts)
 * </pre>
 *
 * <p>It goes by the watchdog's clock. So it works in real time, even while a step holds the loop's thread.
 */
public final class RunGuard {

    private static final long NEVER = Long.MAX_VALUE;

    /** How many waits the loop's own search for a circle may look at; the watchdog searches further. */
    private static final int QUICK_LOOK = 1_000;

    private static final int THOROUGH_LOOK = 10_000_000;

    private final LoopCore core;
    private final Watchdog watchdog;

    /** How long the next run may take. Guarded by this. */
    private @Nullable Duration timeout;

    /** The body of the current run; null without one. Guarded by this, as are the following fields. */
    private @Nullable Promise<?> awaited;

    private @Nullable StuckVerdict verdict;

    /** The action that is due at {@link #due}. */
    private @Nullable Runnable next;

    /** The number of the step that ran when the verdict was given. */
    private long verdictStep;

    /** Whether the guard interrupted the thread that runs the loop. */
    private boolean carrierInterrupted;

    /** Whether the log has said that the thread is held. The watchdog's thread only. */
    private boolean logged;

    /** When the watchdog is to call {@link #look}. Written under the lock, read by the watchdog. */
    private volatile long due = NEVER;

    RunGuard(LoopCore core, Watchdog watchdog, @Nullable Duration timeout) {
        this.core = core;
        this.watchdog = watchdog;
        this.timeout = timeout;
    }

    /** How long one run may take; null without a limit. */
    public synchronized @Nullable Duration timeout() {
        return timeout;
    }

    /** Sets how long runs may take from now on. While the loop does not run. */
    public synchronized void timeout(@Nullable Duration newLimit) {
        timeout = newLimit;
    }

    /** A run begins. The loop's thread. */
    synchronized void begin(@Nullable Promise<?> body) {
        awaited = body;
        if (body != null && timeout != null) {
            next = this::overTimeout;
            due = watchdog.time() + Nanos.of(timeout);
        }
    }

    /** The run ended. Returns whether the guard interrupted its thread. The loop's thread. */
    synchronized boolean end() {
        boolean ours = carrierInterrupted;
        awaited = null;
        verdict = null;
        next = null;
        due = NEVER;
        carrierInterrupted = false;
        return ours;
    }

    /** Why the run is to end; null if it is not. */
    synchronized @Nullable StuckVerdict verdict() {
        return verdict;
    }

    /** Nanoseconds until there is something to do. The watchdog's thread. */
    long untilDue(long now) {
        long when = due;
        return when == NEVER ? NEVER : Math.max(0, when - now);
    }

    /** Does what is due. The watchdog's thread. */
    void look(long now) {
        Runnable action;
        synchronized (this) {
            if (due == NEVER || due - now > 0) {
                return;
            }
            due = NEVER;
            action = next;
        }
        if (action != null) {
            action.run();
        }
    }

    /**
     * The body was interrupted. If it does not end in time, the run is aborted with {@code givenUp}, which the watchdog
     * gets. The loop's thread.
     */
    synchronized void interrupted(Supplier<InterruptedException> givenUp) {
        Promise<?> body = awaited;
        grace(() -> abort(body, givenUp.get()));
    }

    /** Aborts the run of {@code body}, and no later one. */
    private synchronized void abort(@Nullable Promise<?> body, Throwable reason) {
        if (awaited == body && body != null) {
            core.driver().abort(reason);
        }
    }

    private void grace(Runnable giveUp) {
        next = giveUp;
        due = watchdog.time() + Nanos.of(Driver.GRACE);
        watchdog.hurry();
    }

    private void overTimeout() {
        Promise<?> body = body();
        Duration over = timeout();
        if (body != null && over != null) {
            end(body, StuckVerdict.overTimeout(over, core, body));
        }
    }

    /**
     * The loop has nothing to do, and no timer after which it would. Called by the loop's thread, or by the watchdog if
     * {@code thorough}.
     */
    void standsStill(boolean thorough) {
        Promise<?> body = body();
        if (body == null || !core.work().hasNoTimers() || core.work().away() > 0) {
            return;
        }
        Deadlock deadlock = new Deadlock(core, body, thorough ? THOROUGH_LOOK : QUICK_LOOK);
        if (!deadlock.isCertain(thorough)) {
            return;
        }
        StuckVerdict given = verdict();
        if (given != null) {
            abort(body, given.givenUp().exception()); // the rest of the grace would not help
        } else {
            end(body, StuckVerdict.never(deadlock.describe(), core, body));
        }
    }

    /** Where the body of the run is, from the first line of user code on. Any thread. */
    List<StackTraceElement> where() {
        Promise<?> body = body();
        Coroutine task = body == null ? null : Promises.bodyOf(body);
        return task == null ? List.of() : task.stackTrace();
    }

    private synchronized @Nullable Promise<?> body() {
        Promise<?> body = awaited;
        return body == null || body.isDone() ? null : body;
    }

    private void end(Promise<?> body, StuckVerdict reason) {
        synchronized (this) {
            if (awaited != body || verdict != null || core.driver().isInterrupted()) { // the latter has its own grace
                return;
            }
            verdict = reason;
            logged = false;
            verdictStep = core.driver().steps();
            grace(this::giveUp);
        }
        Coroutine task = Promises.bodyOf(body);
        if (task != null && core.current() == task) { // it holds the loop's thread, but can be interrupted
            cancel(body, reason);
        }
        core.driver().beginTurn(() -> cancel(body, reason));
    }

    private void cancel(Promise<?> body, StuckVerdict reason) {
        if (verdict() == reason && !body.isDone()) {
            body.cancel("the event loop is stuck");
        }
    }

    private void giveUp() {
        StuckVerdict reason = verdict();
        Promise<?> body = body();
        if (reason == null || body == null) {
            return;
        }
        StuckVerdict givenUp = reason.givenUp();
        if (core.driver().steps() == verdictStep && !core.driver().isIdle()) {
            if (!logged) {
                logged = true;
                log(givenUp.exception());
            }
            freeThread(body);
        }
        abort(body, givenUp.exception());
        synchronized (this) {
            if (awaited == body) { // it has not left yet
                verdictStep = core.driver().steps();
                grace(this::giveUp);
            }
        }
    }

    /**
     * Interrupts the step that holds the loop's thread: another task or a callback, or a body that ignored its
     * cancellation.
     */
    private synchronized void freeThread(Promise<?> body) {
        if (awaited != body) { // or it would hit the next run
            return;
        }
        Coroutine task = core.current();
        Thread carrier = core.runningThread();
        if (task != null) {
            task.cancel("the event loop is stuck");
        } else if (carrier != null) {
            carrierInterrupted = true;
            carrier.interrupt();
        }
    }

    private static void log(RuntimeException reason) {
        Log.log(
                Level.WARNING,
                reason.getMessage() + "\nIts thread is held by the step that runs, which is interrupted now");
    }
}
