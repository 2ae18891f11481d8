package dev.asyncloop.loop;

import dev.asyncloop.jdk.CarrierPaths;
import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
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
final class Driver {

    /** How long an interrupted body may take to end. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final ThreadLocal<@Nullable EventLoop> RUNNING = new ThreadLocal<>();

    private final EventLoop loop;
    private final ReadyQueue ready;
    private final Timers timers;
    private final SlowSteps slowSteps;
    private final @Nullable ForeignWaits waits;
    private final @Nullable Shuffle shuffle;
    private final InterruptSensor sensor = new InterruptSensor(this::interrupted);
    private final RunGuard guard;

    /** The thread that runs the loop, or closes it; null while nobody does. Any thread. */
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /** The task that runs now. Written by the loop's thread, read by any. */
    private final AtomicReference<@Nullable Task<?>> current = new AtomicReference<>();

    /** To whom the callback that runs belongs, where no task runs. Loop thread only. */
    private @Nullable Owner callbackOwner;

    /** A callback ran since the sensor was armed. Loop thread only. */
    private boolean callbackRan;

    /** How many steps were begun. Written by the loop's thread, read by the watchdog. */
    private final AtomicLong steps = new AtomicLong();

    /** Loop thread only, or nobody's while the loop does not run. */
    private boolean stopping;

    /** What is being run to completion. Written by the loop's thread, read by whoever interrupts it. */
    private volatile @Nullable LoopFuture<?> main;

    /** Why the run must end at once. Any thread. */
    private volatile @Nullable Throwable abort;

    /** The thread was interrupted during this run. Set by whoever interrupts it. */
    private volatile boolean interrupted;

    /** What {@link #interrupted} led to in this run. Written by the loop's thread, read by whoever interrupts it. */
    private volatile @Nullable Interruption interruption;

    Driver(EventLoop loop, ReadyQueue ready, Timers timers, @Nullable Duration limit) {
        this.guard = new RunGuard(this, limit);
        this.loop = loop;
        this.callbackOwner = loop.heirsOwner();
        this.slowSteps = new SlowSteps(loop);
        this.ready = ready;
        this.timers = timers;
        // in the other engine no task is suspended but in awaits of ours
        this.waits =
                loop.engine() == PortableEngine.INSTANCE ? null : loop.clock().foreignWaits();
        this.shuffle = loop.ordering().start();
    }

    /** The loop that runs on the current platform thread. */
    static @Nullable EventLoop runningHere() {
        return RUNNING.get();
    }

    EventLoop loop() {
        return loop;
    }

    SlowSteps slowSteps() {
        return slowSteps;
    }

    @Nullable
    Thread thread() {
        return thread.get();
    }

    @Nullable
    Task<?> current() {
        return current.getOpaque();
    }

    /** Loop thread only. */
    @Nullable
    Owner currentOwner() {
        Task<?> task = current.getPlain();
        return task == null ? callbackOwner : task.heirsOwner();
    }

    /** A callback of {@code owner} begins. Loop thread only. */
    void runsFor(@Nullable Owner owner) {
        callbackOwner = owner;
        callbackRan = true;
    }

    long steps() {
        return steps.getOpaque();
    }

    boolean isIdle() {
        return ready.isWaiting();
    }

    /** Whether something is ready beside the step that runs. Any thread; what it says may be over already. */
    boolean othersAreReady() {
        return ready.hasMore();
    }

    void stop() {
        stopping = true;
    }

    /** A callback for what was to run: ends the run of {@code done}, and no later one. Loop thread only. */
    void completed(LoopFuture<?> done) {
        if (main == done) {
            stopping = true;
        }
    }

    /** Ends the current run with {@code reason}. Any thread. */
    void abort(Throwable reason) {
        abort = reason;
        beginTurn(() -> {});
    }

    /** Lets the loop look around, also where nothing is ready, or a task keeps its thread waiting, and do {@code callback}. Any thread. */
    void beginTurn(Runnable callback) {
        ready.addFromOutside(new Handle(loop, callback));
        LockSupport.unpark(thread.get());
    }

    RunGuard guard() {
        return guard;
    }

    /** Whether the body of this run was told to end by an interruption. Any thread. */
    boolean isInterrupted() {
        return interrupted || interruption != null;
    }

    /** Runs until {@link #stop}, and in {@code awaited} names what an interruption should cancel. */
    void run(@Nullable LoopFuture<?> awaited) {
        enter(awaited);
        try {
            CarrierPaths.disown();
            do {
                turn();
            } while (!stopping);
            if (guard.verdict() instanceof StuckLoopException verdict) {
                throw verdict.overruling(awaited != null && awaited.isDone() ? awaited.failure() : null);
            }
            if (interrupted && interruption == null) { // in the last turn
                takeInterrupt();
            }
            if (interruption != null) {
                interruption.finish(awaited);
            }
        } catch (RuntimeException | Error other) {
            interrupted |= interruption != null; // which the caller does not learn from this one
            if (guard.verdict() instanceof StuckLoopException verdict) {
                throw verdict.overruling(other);
            }
            throw other;
        } finally {
            leave();
        }
    }

    /** Has the current thread to itself while {@code action} runs; for closing. */
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

    /** The guards of a run, before anything is created for it. */
    void ensureCanRun() {
        if (loop.isClosed()) {
            throw Misuse.closed();
        }
        EventLoop here = EventLoop.runningOrNull();
        if (here == loop || thread.get() != null) {
            throw Misuse.alreadyRunning();
        }
        if (here != null) {
            throw Misuse.anotherLoopRunning();
        }
    }

    private void enter(@Nullable LoopFuture<?> awaited) {
        ensureCanRun();
        if (!thread.compareAndSet(null, Thread.currentThread())) {
            throw Misuse.alreadyRunning();
        }
        if (loop.isClosed()) { // by another thread, a moment ago
            thread.set(null);
            throw Misuse.closed();
        }
        callbackOwner = null; // whoever has the watchdog start, it is nobody's
        RUNNING.set(loop);
        main = awaited;
        guard.begin(awaited);
        sensor.arm();
        Watchdog.watch(this);
        if (loop.isDebug()) {
            Watchdog.hurry();
        }
        callbackOwner = loop.heirsOwner();
    }

    private void leave() {
        Watchdog.forget(this);
        if (guard.end()) {
            Thread.interrupted(); // for a callback that held the thread; one that others asked for was noticed
        }
        sensor.disarm();
        if (interrupted) { // and nobody was told
            Thread.currentThread().interrupt();
        }
        interruption = null;
        interrupted = false;
        abort = null;
        main = null;
        stopping = false;
        RUNNING.remove();
        thread.set(null);
    }

    /** asyncio's {@code _run_once}: only what was ready at the start of the turn runs in it. */
    private void turn() {
        int count = collect();
        if (count == 0 && !stopping && !interrupted && abort == null) {
            long nanos = timers.isEmpty() ? Long.MAX_VALUE : timers.untilNext(loop.nanos());
            if (nanos == Long.MAX_VALUE) {
                guard.standsStill(false);
            }
            rearm();
            loop.clock().await(ready, nanos);
            count = collect();
        }
        if (interrupted || abort != null) {
            heed();
        }
        boolean timed = loop.isDebug();
        if (shuffle != null) {
            ready.arrange(shuffle);
        }
        for (; count > 0; count--) {
            steps.setOpaque(steps.getPlain() + 1);
            Step step = ready.next();
            if (timed) {
                slowSteps.run(step);
            } else {
                step.step();
            }
        }
        if (callbackRan && Thread.currentThread().isInterrupted()) {
            rearm();
        }
    }

    /**
     * A callback that used a channel did so on this very thread, and took the place of the sensor. Before a task runs, since that
     * clears the thread's interrupt status, and before the thread waits.
     */
    private void rearm() {
        if (callbackRan) {
            callbackRan = false;
            sensor.arm();
        }
    }

    /** What was given to the loop comes before the timers that fall due, as in asyncio. */
    private int collect() {
        ready.takeInbox();
        if (!timers.isEmpty()) {
            timers.moveDue(loop.nanos(), ready);
        }
        return ready.size();
    }

    /** Continues a task up to where it waits next. */
    void runStep(Task<?> task) {
        rearm();
        current.setOpaque(task);
        task.runsAt(Watchdog.lastTick());
        try {
            task.resume();
        } finally {
            current.setOpaque(null);
        }
        if (loop.engine().isOver(task)) {
            loop.register().forget(task);
        }
        if (waits != null) {
            waits.stepEnded(task);
        }
    }

    /** On the thread that interrupts: the body is told at once, even where it holds the loop's thread. */
    private void interrupted() {
        if (Watchdog.isHere()) {
            return; // which frees the thread of a callback
        }
        LoopFuture<?> awaited = main;
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
        if (guard.verdict() instanceof StuckLoopException verdict) {
            throw verdict; // the second request to end
        }
        Interruption earlier = interruption;
        takeInterrupt();
        if (main == null || earlier != null) {
            throw Sneaky.rethrow(new InterruptedException(String.valueOf(interruption)));
        }
    }

    /** A task holds this thread, which waits for it. Throws where the run is to end. Loop thread only. */
    void whileHeld() {
        if (interrupted || abort != null) {
            heed();
        }
    }

    private void takeInterrupt() {
        interrupted = false;
        Thread.interrupted();
        if (interruption == null) {
            interruption = new Interruption(loop, guard);
        }
    }
}
