package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.CarrierPaths;
import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop on the thread that asks for it, turn by turn, until it is stopped, aborted or interrupted.
 *
 * <p>This is the one place where callbacks and tasks run.
 */
public final class Driver {

    /** How long an interrupted body may take to end. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    private static final ThreadLocal<@Nullable LoopCore> RUNNING = new ThreadLocal<>();

    private final LoopCore core;
    private final RunListener listener;
    private final ReadyQueue ready;
    private final Timers timers;
    private final @Nullable Outside outside;
    private final @Nullable Schedule schedule;

    /** That of the present run. Written by the thread that runs the loop, or takes it away; read by any. */
    private volatile InterruptSensor sensor = new InterruptSensor(this::interrupted);

    private final Strays strays = new Strays();

    /** What the loop did when somebody was about to interrupt this run; null if nobody said so. Any thread. */
    private volatile @Nullable Moment announced;

    /** The thread that runs the loop, or closes it; null while nobody does. Any thread. */
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /**
     * The task that runs now. Whoever sets it back to null has the loop: the loop's thread, when the task gives it
     * back, or the thread that takes the loop away meanwhile. Read by any thread.
     */
    private final AtomicReference<@Nullable Coroutine> current = new AtomicReference<>();

    /** The owner of the callback that runs, while no task runs. Loop thread only. */
    private @Nullable Owner callbackOwner;

    /** Whether a callback ran since the sensor was armed. Loop thread only. */
    private boolean callbackRan;

    /** How many steps were begun. Written by the loop's thread, read by the watchdog. */
    private final AtomicLong steps = new AtomicLong();

    /** Whether the run ends after this turn. Loop thread only. */
    private boolean stopping;

    /** The future that the run waits for. Written by the loop's thread, read by the thread that interrupts it. */
    private volatile @Nullable Promise<?> main;

    /** Why the run must end at once. Any thread. */
    private volatile @Nullable Throwable abort;

    /**
     * Whether the thread was interrupted during this run, and has not dealt with it. Written by the thread that
     * interrupts it.
     */
    private volatile boolean interrupted;

    /**
     * The interruption that this run has dealt with. Written by the loop's thread, read by the thread that interrupts
     * it.
     */
    private volatile @Nullable Interruption interruption;

    Driver(
            LoopCore core,
            RunListener listener,
            ReadyQueue ready,
            Timers timers,
            @Nullable Outside outside,
            @Nullable Schedule schedule) {
        this.core = core;
        this.listener = listener;
        this.ready = ready;
        this.timers = timers;
        this.outside = outside;
        this.schedule = schedule;
        this.callbackOwner = core.heirsOwner();
    }

    /** The loop that runs on the current platform thread. */
    static @Nullable LoopCore runningHere() {
        return RUNNING.get();
    }

    @Nullable
    Thread thread() {
        return thread.get();
    }

    Strays strays() {
        return strays;
    }

    @Nullable
    Coroutine current() {
        return current.getOpaque();
    }

    /** Loop thread only. */
    @Nullable
    Owner currentOwner() {
        Coroutine running = current.getPlain();
        return running == null ? callbackOwner : running.heirsOwner();
    }

    /** A callback of {@code owner} begins. Loop thread only. */
    void runsFor(@Nullable Owner owner) {
        callbackOwner = owner;
        callbackRan = true;
    }

    /** How many steps were begun. Any thread. */
    public long steps() {
        return steps.getOpaque();
    }

    /** Whether the loop waits for something to do. Any thread; true for a moment longer than it lasts. */
    public boolean isIdle() {
        return ready.isWaiting();
    }

    /** Whether something is ready beside the step that runs. Any thread; a snapshot. */
    public boolean othersAreReady() {
        return ready.hasMore();
    }

    void stop() {
        stopping = true;
    }

    /** Ends the run that waits for {@code done}, and no later one. A callback, on the loop's thread. */
    void completed(Promise<?> done) {
        if (main == done) {
            stopping = true;
        }
    }

    /** Ends the current run at once, which throws {@code reason}. Any thread. */
    public void abort(Throwable reason) {
        abort = reason;
        beginTurn(() -> {});
    }

    /**
     * Makes the loop begin a turn, in which it calls {@code callback}: also if nothing is ready, or a task keeps the
     * loop's thread waiting. Any thread.
     */
    public void beginTurn(Runnable callback) {
        ready.addFromOutside(new Callback(core, callback));
        LockSupport.unpark(thread.get());
    }

    /**
     * The thread {@code target} is about to be interrupted. Returns what the loop is doing now, which is what the
     * exception of that interruption will show. Any thread.
     */
    public Moment announceInterruption(Thread target) {
        Moment moment = moment();
        if (thread.get() == target) {
            announced = moment;
        }
        return moment;
    }

    /** What was announced, or else what the loop is doing now. Any thread. */
    private Moment moment() {
        Moment known = announced;
        return known == null ? new Moment(core.host().dump(), listener.where()) : known;
    }

    /** Whether an interruption told the body of this run to end. Any thread. */
    public boolean isInterrupted() {
        return interrupted || interruption != null;
    }

    /** Runs until {@link #stop}. An interruption cancels {@code awaited}. */
    void run(@Nullable Promise<?> awaited) {
        enter(awaited);
        try {
            CarrierPaths.disown();
            do {
                turn();
            } while (!stopping);
            RunListener.Verdict verdict = listener.verdict();
            if (verdict != null) {
                throw verdict.overruling(awaited != null && awaited.isDone() ? awaited.failure() : null);
            }
            if (interrupted && interruption == null) { // in the last turn
                takeInterrupt();
            }
            if (interruption != null) {
                interruption.finish(awaited);
            }
        } catch (TakenAway lost) { // nothing here belongs to this run any more
            throw Sneaky.rethrow(core.host().givenUp(GRACE.toSeconds(), lost.moment));
        } catch (RuntimeException | Error other) {
            interrupted |= interruption != null; // the caller does not learn of it from this exception
            RunListener.Verdict verdict = listener.verdict();
            if (verdict != null) {
                throw verdict.overruling(other);
            }
            throw other;
        } finally {
            leave();
        }
    }

    /** Keeps the loop from being run while {@code action} runs on the current thread; for closing. */
    void exclusively(Runnable action, Supplier<IllegalStateException> otherwise) {
        if (!thread.compareAndSet(null, Thread.currentThread())) {
            throw otherwise.get();
        }
        try {
            action.run();
        } finally {
            thread.set(null);
        }
    }

    /**
     * Takes the loop from the thread that runs it, if a task keeps that thread and does not heed its interruption. The
     * task strays from then on: it runs by itself until it waits for something, and is not on the loop meanwhile.
     * Returns whether nobody runs the loop now. Another thread only; no third one may begin a run at the same time.
     */
    boolean takeAway() {
        Coroutine running = current.get();
        if (running == null || thread.get() == null) {
            return thread.get() == null;
        }
        Moment moment = moment();
        strays.add(running.thread(), moment); // first, so that it does not take itself for the loop's
        if (!current.compareAndSet(running, null)) {
            strays.remove(running.thread());
            return thread.get() == null;
        }
        listener.runEnded();
        sensor = new InterruptSensor(this::interrupted);
        callbackOwner = core.heirsOwner();
        callbackRan = false;
        forgetRun();
        thread.set(null);
        return true;
    }

    /** What the thread throws that comes back from a task after the loop was taken from it. */
    private static final class TakenAway extends RuntimeException {

        private static final long serialVersionUID = 1L;

        final transient Moment moment;

        TakenAway(Moment moment) {
            super(null, null, false, false);
            this.moment = moment;
        }
    }

    /** Throws {@link IllegalStateException} if the current thread cannot run the loop now. */
    void ensureCanRun() {
        if (core.isClosed()) {
            throw CoreMisuse.closed();
        }
        LoopCore here = Here.running();
        if (here == core || thread.get() != null) {
            throw CoreMisuse.alreadyRunning();
        }
        if (here != null) {
            throw CoreMisuse.anotherLoopRunning();
        }
    }

    private void enter(@Nullable Promise<?> awaited) {
        ensureCanRun();
        if (!thread.compareAndSet(null, Thread.currentThread())) {
            throw CoreMisuse.alreadyRunning();
        }
        if (core.isClosed()) { // by another thread, a moment ago
            thread.set(null);
            throw CoreMisuse.closed();
        }
        callbackOwner = null; // the watchdog may start now, and its thread is nobody's
        RUNNING.set(core);
        main = awaited;
        sensor.arm();
        listener.runBegins(awaited);
        callbackOwner = core.heirsOwner();
    }

    private void leave() {
        RUNNING.remove();
        if (!isMine()) {
            sensor.disarm();
            return;
        }
        if (listener.runEnded()) {
            Thread.interrupted(); // it was for a callback that held the thread; the sensor has noticed any other
        }
        sensor.disarm();
        if (interrupted) { // and nobody was told
            Thread.currentThread().interrupt();
        }
        forgetRun();
        thread.set(null);
    }

    private void forgetRun() {
        interruption = null;
        interrupted = false;
        announced = null;
        abort = null;
        main = null;
        stopping = false;
    }

    /** Whether the current thread still runs the loop. */
    private boolean isMine() {
        return thread.get() == Thread.currentThread();
    }

    /** asyncio's {@code _run_once}: only what was ready at the start of the turn runs in it. */
    private void turn() {
        int count = collect();
        if (count == 0 && !stopping && !interrupted && abort == null) {
            long nanos = timers.isEmpty() ? Long.MAX_VALUE : timers.untilNext(core.nanos());
            if (nanos == Long.MAX_VALUE) {
                listener.standsStill();
            }
            rearm();
            core.clock().await(ready, nanos);
            count = collect();
        }
        if (interrupted || abort != null) {
            heed();
        }
        boolean timed = core.isDebug();
        if (schedule != null) {
            ready.arrange(schedule);
        }
        for (; count > 0; count--) {
            steps.setOpaque(steps.getPlain() + 1);
            Step step = ready.next();
            if (timed) {
                runTimed(step);
            } else {
                run(step);
            }
        }
        if (callbackRan && Thread.currentThread().isInterrupted()) {
            rearm();
        }
    }

    /**
     * Arms the sensor again after a callback: one that used a channel on this thread has taken the place of the sensor.
     * Called before a task runs, since that clears the thread's interrupt status, and before the thread waits.
     */
    private void rearm() {
        if (callbackRan) {
            callbackRan = false;
            sensor.arm();
        }
    }

    /**
     * Moves what is to run now into the queue, and returns its length. Callbacks come before the timers that fall due,
     * as in asyncio.
     */
    private int collect() {
        ready.takeInbox();
        if (!timers.isEmpty()) {
            timers.moveDue(core.nanos(), ready);
        }
        return ready.size();
    }

    private void runTimed(Step step) {
        listener.timedStepBegins(step);
        try {
            run(step);
        } finally {
            if (isMine()) {
                listener.timedStepEnds(step);
            }
        }
    }

    /** Runs one step; what it throws leaves the run. No switch: the first one over types takes some milliseconds. */
    private void run(Step step) {
        if (step instanceof Coroutine coroutine) {
            resume(coroutine);
        } else {
            ((Callback) step).run(this);
        }
    }

    /** Continues a coroutine up to where it waits next. */
    private void resume(Coroutine coroutine) {
        rearm();
        strays.remove(coroutine.thread());
        current.setRelease(coroutine);
        listener.resumes(coroutine);
        boolean lost = false;
        try {
            coroutine.resume();
        } finally {
            lost = !current.compareAndSet(coroutine, null);
        }
        if (core.engine().isOver(coroutine)) {
            core.register().forget(coroutine);
        }
        if (lost) {
            Moment moment = strays.remove(coroutine.thread());
            throw new TakenAway(moment == null ? moment() : moment);
        }
        if (outside != null) {
            outside.stepEnded(coroutine);
        }
    }

    /**
     * The loop's thread is interrupted. Runs on the thread that interrupts it, so that the body is told at once, even
     * while it holds the loop's thread.
     */
    private void interrupted(InterruptSensor noticed) {
        if (noticed != sensor) {
            return; // it is the thread of a run from which the loop was taken
        }
        if (listener.isInterrupting()) {
            return; // the listener only frees the thread from a callback
        }
        Promise<?> awaited = main;
        interrupted = true;
        if (awaited != null && interruption == null) {
            awaited.cancel("interrupted");
        }
        beginTurn(() -> {});
    }

    private void heed() {
        Throwable reason = abort;
        if (reason != null) {
            throw Sneaky.rethrow(reason);
        }
        RunListener.Verdict verdict = listener.verdict();
        if (verdict != null) {
            throw verdict.exception(); // the second request to end
        }
        Interruption earlier = interruption;
        takeInterrupt();
        if (main == null || earlier != null) {
            throw Sneaky.rethrow(Objects.requireNonNull(interruption).exception());
        }
    }

    /** Called while the loop's thread waits for a task. Throws if the run is to end. Loop thread only. */
    void whileHeld() {
        if (interrupted || abort != null) {
            heed();
        }
    }

    private void takeInterrupt() {
        interrupted = false;
        Thread.interrupted();
        if (interruption == null) {
            interruption = new Interruption(core.host(), listener, moment());
        }
    }
}
