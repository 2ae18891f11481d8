package dev.asyncloop.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run that would not end by itself: one that comes to its limit, or whose tasks all wait for each other; and a body that was
 * told to end and does not.
 *
 * <pre>
 *   RUNNING --limit, circle--&gt; ENDING (the body is cancelled) --grace over, or still a circle--&gt; GIVEN UP (the run aborts)
 *   RUNNING --interruption---&gt; ENDING
 * </pre>
 *
 * <p>It goes by the watchdog's clock, so that it works in real time, and also where the loop's thread is held.
 */
final class RunGuard {

    private static final long NEVER = Long.MAX_VALUE;

    /** How much the loop's own look at who waits for whom may cost; what takes more is the watchdog's. */
    private static final int QUICK_LOOK = 1_000;

    private static final int THOROUGH_LOOK = 10_000_000;

    private final Driver driver;
    /** That of the next run. The thread that begins it. */
    private @Nullable Duration limit;

    /** What is run to completion, null while nothing is. Guarded by this, as all that is a run's. */
    private @Nullable LoopFuture<?> awaited;

    private @Nullable StuckLoopException verdict;

    /** What is to be done at {@link #due}. */
    private @Nullable Runnable next;

    /** The step that ran when the verdict was given. */
    private long verdictStep;

    private boolean carrierInterrupted;

    /** The watchdog's thread only. */
    private boolean logged;

    /** When the watchdog should call {@link #look}. Written under the lock, read by the watchdog. */
    private volatile long due = NEVER;

    RunGuard(Driver driver, @Nullable Duration limit) {
        this.driver = driver;
        this.limit = limit;
    }

    synchronized @Nullable Duration limit() {
        return limit;
    }

    /** How long the runs from now on may take. While the loop does not run. */
    synchronized void limit(@Nullable Duration newLimit) {
        limit = newLimit;
    }

    /** A run begins. The loop's thread. */
    synchronized void begin(@Nullable LoopFuture<?> body) {
        awaited = body;
        if (body != null && limit != null) {
            next = this::overLimit;
            due = Watchdog.time() + Nanos.of(limit);
        }
    }

    /** The run ended; whether its thread was interrupted from here. The loop's thread. */
    synchronized boolean end() {
        boolean ours = carrierInterrupted;
        awaited = null;
        verdict = null;
        next = null;
        due = NEVER;
        carrierInterrupted = false;
        return ours;
    }

    /** Why the run is to end, if it is. The loop's thread. */
    synchronized @Nullable StuckLoopException verdict() {
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

    /** The interrupted body is to end, or else the run is aborted with {@code givenUp}, which the watchdog asks for. The loop's thread. */
    synchronized void interrupted(Supplier<InterruptedException> givenUp) {
        LoopFuture<?> body = awaited;
        grace(() -> abort(body, givenUp.get()));
    }

    /** Not of the next run. */
    private synchronized void abort(@Nullable LoopFuture<?> body, Throwable reason) {
        if (awaited == body && body != null) {
            driver.abort(reason);
        }
    }

    private void grace(Runnable giveUp) {
        next = giveUp;
        due = Watchdog.time() + Nanos.of(Driver.GRACE);
        Watchdog.hurry();
    }

    private void overLimit() {
        LoopFuture<?> body = body();
        Duration over = limit();
        if (body != null && over != null) {
            end(body, StuckLoopException.overLimit(over, driver.loop(), body));
        }
    }

    /** The loop has nothing to do and no time at which it will have. The loop's thread, or the watchdog's if {@code thorough}. */
    void standsStill(boolean thorough) {
        LoopFuture<?> body = body();
        if (body == null
                || !driver.loop().timers().isEmpty()
                || driver.loop().jobs().inFlight() > 0) {
            return;
        }
        Deadlock deadlock = new Deadlock(driver, body, thorough ? THOROUGH_LOOK : QUICK_LOOK);
        if (!deadlock.isCertain(thorough)) {
            return;
        }
        if (verdict() instanceof StuckLoopException given) {
            abort(body, given.givenUp()); // to wait for the rest of the grace would not help
        } else {
            end(body, StuckLoopException.never(deadlock.describe(), driver.loop(), body));
        }
    }

    private synchronized @Nullable LoopFuture<?> body() {
        LoopFuture<?> body = awaited;
        return body == null || body.isDone() ? null : body;
    }

    private void end(LoopFuture<?> body, StuckLoopException reason) {
        synchronized (this) {
            if (awaited != body || verdict != null || driver.isInterrupted()) { // the latter has its own grace
                return;
            }
            verdict = reason;
            logged = false;
            verdictStep = driver.steps();
            grace(this::giveUp);
        }
        Task<?> task = Deadlock.bodyOf(body);
        if (task != null && driver.current() == task) { // it holds the loop's thread, but can be interrupted
            cancel(body, reason);
        }
        driver.beginTurn(() -> cancel(body, reason));
    }

    private void cancel(LoopFuture<?> body, StuckLoopException reason) {
        if (verdict() == reason && !body.isDone()) {
            body.cancel("the event loop is stuck");
        }
    }

    private void giveUp() {
        StuckLoopException reason = verdict();
        LoopFuture<?> body = body();
        if (reason == null || body == null) {
            return;
        }
        StuckLoopException givenUp = reason.givenUp();
        if (driver.steps() == verdictStep && !driver.isIdle()) {
            if (!logged) {
                logged = true;
                log(givenUp);
            }
            freeThread(body);
        }
        abort(body, givenUp);
        synchronized (this) {
            if (awaited == body) { // it has not left yet
                verdictStep = driver.steps();
                grace(this::giveUp);
            }
        }
    }

    /** Interrupts the step that holds the loop's thread, which is not the body, or ignores it. */
    private synchronized void freeThread(LoopFuture<?> body) {
        if (awaited != body) { // or it would hit the next run
            return;
        }
        Task<?> task = driver.current();
        Thread carrier = driver.thread();
        if (task != null) {
            task.cancel("the event loop is stuck");
        } else if (carrier != null) {
            carrierInterrupted = true;
            carrier.interrupt();
        }
    }

    private static void log(StuckLoopException reason) {
        LoopLog.LOGGER.log(
                Level.WARNING,
                reason.getMessage() + "\nIts thread is held by the step that runs, which is interrupted now");
    }
}
