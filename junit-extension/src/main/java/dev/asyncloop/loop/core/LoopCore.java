package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Origin;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One loop, as the facade and the satellites see it. Behind it are the parts of the loop, which nobody else knows.
 *
 * <p>Loop thread only, where a method does not say otherwise: a task or callback of this loop, or any thread while the
 * loop does not run.
 */
public final class LoopCore {

    /**
     * What a new loop is made of.
     *
     * @param owner who is charged with it; null without an account
     * @param debug whether it starts in debug mode
     */
    public record Parts(Engine engine, @Nullable Owner owner, boolean debug, Clock clock, Schedule.Source order) {}

    private static final long STOP_POLL_NANOS = 1_000_000;

    private final Engine engine;
    private final @Nullable Owner owner;
    private final Clock clock;
    private final Schedule.Source order;
    private final Host host;
    private final RunListener listener;
    private final ReadyQueue ready = new ReadyQueue();
    private final Timers timers = new Timers();
    private final PendingWork work = new PendingWork(ready, timers);
    private final PendingCalls calls = new PendingCalls(this, ready, timers);
    private final GeneratorRegister generators = new GeneratorRegister();
    private final CoroutineRegister register;
    private final Driver driver;
    private final Executor callbackExecutor = command -> enqueue(new Callback(this, command));
    private final CallStack created = CallStack.current();
    private final WeakReference<@Nullable Thread> maker = new WeakReference<>(makerNow());
    private final long start;

    /** Written by the closing thread, read by any. */
    private volatile boolean closed;

    /** Called when something is scheduled while nobody runs the loop. Any thread. */
    private volatile @Nullable Runnable whenIdle;

    /** Any thread. */
    private volatile boolean debug;

    /** Creates a loop. {@code listener} gets the new core before anything runs on it. */
    public LoopCore(Parts parts, Host host, Function<? super LoopCore, ? extends RunListener> listener) {
        this.engine = parts.engine();
        this.owner = parts.owner();
        this.debug = parts.debug();
        this.clock = parts.clock();
        this.order = parts.order();
        this.host = host;
        this.start = clock.nanos();
        this.register = new CoroutineRegister(this);
        clock.start(this);
        this.listener = listener.apply(this);
        // in the portable engine a coroutine is suspended in awaits of ours only, so nothing outside needs a look
        Outside outside = engine == PortableEngine.INSTANCE ? null : clock.outside();
        this.driver = new Driver(this, this.listener, ready, timers, outside, order.start());
    }

    /** The facade above it. Any thread. */
    public Host host() {
        return host;
    }

    /** The listener to its runs. Any thread. */
    public RunListener listener() {
        return listener;
    }

    /** Who is charged with it; null without an account, and where a class initialiser created it. Any thread. */
    public @Nullable Owner owner() {
        return Origin.charged(owner, created);
    }

    /** Who is charged with what no task creates: its owner, without a look at the stack that created it. */
    @Nullable
    Owner heirsOwner() {
        return owner;
    }

    /** Where it was created, from the first line of user code on. Any thread. */
    public List<StackTraceElement> createdAt() {
        return created.fromUserCode();
    }

    /** The current thread, if it is a platform thread and runs no loop. */
    private static @Nullable Thread makerNow() {
        Thread thread = Thread.currentThread();
        return thread.isVirtual() || Here.running() != null ? null : thread;
    }

    /** The platform thread that made it, outside of any loop; null if none did, or it is gone. Any thread. */
    public @Nullable Thread maker() {
        return maker.get();
    }

    /** Whether what is created on it keeps its stack: only if somebody will ask. Any thread. */
    public boolean keepsStacks() {
        return owner != null || debug;
    }

    /** Whether it is in debug mode. Any thread. */
    public boolean isDebug() {
        return debug;
    }

    /** Switches the debug mode on or off. Any thread. */
    public void setDebug(boolean debug) {
        this.debug = debug;
        listener.debugChanged();
    }

    /** Its clock. Any thread. */
    public Clock clock() {
        return clock;
    }

    /** Notes for a dump about its order and its clock; null for each that is the usual one. Any thread. */
    public List<@Nullable String> notes() {
        List<@Nullable String> notes = new ArrayList<>();
        notes.add(order.note());
        notes.add(clock.note());
        return notes;
    }

    Engine engine() {
        return engine;
    }

    /** Whether its coroutines can use the thread-locals of the thread that drives it. Any thread. */
    public boolean sharesThreadLocals() {
        return engine.sharesThreadLocals();
    }

    /**
     * Whether a coroutine that blocks in the JDK is suspended. Then its thread can be asked what it waits for. Any
     * thread.
     */
    public boolean suspendsAnyWait() {
        return engine != PortableEngine.INSTANCE;
    }

    /** The coroutine of this loop on {@code thread}; null where there is none. Any thread. */
    public @Nullable Coroutine coroutineOn(Thread thread) {
        return SchedulerEngine.coroutineOn(thread, this);
    }

    /** Makes virtual threads that run on this loop. Any thread. */
    public ThreadFactory threadFactory() {
        return engine.threadFactory(this);
    }

    /** Whether the current thread is the loop's. Any thread. */
    public boolean isLoopThread() {
        return isLoopThread(Thread.currentThread());
    }

    /** Whether {@code thread} is the loop's. Any thread. */
    public boolean isLoopThread(Thread thread) {
        return thread.isVirtual() ? engine.isOnLoop(this, thread) : thread == driver.thread();
    }

    /** The coroutine that runs now; null while a callback runs, or nothing. Any thread. */
    public @Nullable Coroutine current() {
        return driver.current();
    }

    /**
     * Who is charged with new things: the owner of the coroutine or callback that runs on the current thread, or else
     * the owner of the loop. Any thread.
     */
    public @Nullable Owner currentOwner() {
        return isLoopThread() ? driver.currentOwner() : owner;
    }

    /** The same, without the check which thread this is. Loop thread only. */
    @Nullable
    Owner currentOwnerHere() {
        return driver.currentOwner();
    }

    /**
     * Throws {@link IllegalStateException} if the loop is closed, or the current thread must not use it. Any thread.
     */
    public void ensureUsable() {
        ensureOpen();
        ensureLoopThread();
    }

    /** Throws {@link IllegalStateException} if the loop is closed. Any thread. */
    public void ensureOpen() {
        if (closed) {
            throw CoreMisuse.closed();
        }
    }

    /** Throws {@link IllegalStateException} if another thread runs the loop. Any thread. */
    public void ensureLoopThread() {
        if (!isLoopThread()) {
            ensureNotRunning();
        }
    }

    private void ensureNotRunning() {
        if (isRunning()) {
            throw CoreMisuse.foreignThread();
        }
    }

    /** Throws {@link IllegalStateException} if the current thread cannot run the loop now. Any thread. */
    public void ensureCanRun() {
        driver.ensureCanRun();
    }

    /** The nanoseconds since its creation, on its clock. Any thread. */
    public long nanos() {
        return clock.nanos() - start;
    }

    /**
     * Sets a timer. With a request it is the user's; without one it is ours, and belongs to the task that waits for it.
     */
    public Timer timerAt(long when, Runnable callback, @Nullable Request request) {
        ensureUsable();
        return timers.add(this, callback, when, request);
    }

    /** Sets a timer of ours. */
    public Timer timerIn(Duration delay, Runnable callback) {
        return timerAt(Nanos.sum(nanos(), Nanos.of(delay)), callback, null);
    }

    /** Gives the loop a callback of the user's code, which runs in the next turn. */
    public Callback callSoon(Runnable callback) {
        ensureOpen();
        if (!isLoopThread()) {
            ensureNotRunning();
            Callback brought = new Callback(this, callback);
            enqueue(brought);
            return brought;
        }
        Callback called = new Callback(this, driver.currentOwner(), callback, Callback.stackForDebug(this), true);
        ready.add(called);
        return called;
    }

    /** Calls {@code action}: now if this is the loop's thread, else in the next turn. Any thread. */
    public void onLoopThread(Runnable action) {
        if (isLoopThread()) {
            action.run();
        } else {
            enqueue(new Callback(this, action));
        }
    }

    /** Has {@code step} run in the next turn, and wakes the loop for it. Any thread. */
    void enqueue(Step step) {
        if (!closed && isLoopThread()) {
            ready.add(step);
            return;
        }
        ready.addFromOutside(step);
        Runnable listening;
        if (closed) {
            Zombies.take(ready.takeInboxOut());
        } else if (!isRunning() && (listening = whenIdle) != null) {
            listening.run();
        }
    }

    /** Runs {@code …Async} stages as callbacks of the loop. Any thread. */
    Executor callbackExecutor() {
        return callbackExecutor;
    }

    /** The callbacks, timers and commands that wait, by owner. */
    public PendingCalls calls() {
        return calls;
    }

    /** What it still has to do. Any thread. */
    public PendingWork work() {
        return work;
    }

    /**
     * Sets who is called when something is scheduled while nobody runs the loop, on the thread that schedules it; null
     * for nobody. Any thread.
     */
    public void setIdleListener(@Nullable Runnable idleListener) {
        whenIdle = idleListener;
    }

    /** Starts a coroutine that belongs to the current owner. */
    public Coroutine start(CoroutineKind kind, @Nullable String name, Callable<?> body) {
        return start(kind, name, currentOwner(), body);
    }

    /** Starts a coroutine that belongs to {@code charged}. */
    public Coroutine start(CoroutineKind kind, @Nullable String name, @Nullable Owner charged, Callable<?> body) {
        Objects.requireNonNull(body, "body");
        ensureUsable();
        return register.start(kind, name, charged, body);
    }

    /**
     * Lets {@code coroutine} go on in the next turn. If it runs now, its next suspension returns at once. Any thread.
     */
    public void wake(Coroutine coroutine) {
        engine.wake(coroutine);
    }

    /** Waits until {@code here}, the current coroutine, is woken or interrupted; may return early. */
    public void suspend(Coroutine here) {
        engine.suspend(here);
    }

    /** Lets what is ready run before {@code here}, the current coroutine, goes on. */
    public void yield(Coroutine here) {
        engine.yield(here);
    }

    /** Every coroutine that is not done, in the order of creation, without generators and resting ones. Any thread. */
    public List<Coroutine> coroutines() {
        return register.pending();
    }

    /**
     * The first {@code limit} coroutines whose threads have not ended, generators and resting ones included. Any
     * thread.
     */
    public List<Coroutine> firstCoroutines(int limit) {
        return register.first(limit);
    }

    CoroutineRegister register() {
        return register;
    }

    /** The generators that are under way. */
    public GeneratorRegister generators() {
        return generators;
    }

    /** Knows who outside will wake the loop; null where the clock need not know. Any thread. */
    public @Nullable Outside outside() {
        return clock.outside();
    }

    /** Whether a thread runs it. Any thread. */
    public boolean isRunning() {
        return driver.thread() != null;
    }

    /**
     * Whether {@code thread} strays: it is the thread of a coroutine that gave back neither itself nor the thread that
     * ran the loop, until the loop was {@linkplain #takeAway taken away}. Any thread.
     */
    public boolean isStray(Thread thread) {
        return driver.strays().contain(thread);
    }

    /** The thread that runs it, or closes it; null while nobody does. Any thread. */
    public @Nullable Thread runningThread() {
        return driver.thread();
    }

    /**
     * Runs the loop until a future is done, and returns its result: asyncio's {@code run_until_complete}. {@code body}
     * makes the future, on the thread that runs the loop.
     */
    public <T extends @Nullable Object> T runUntilComplete(Supplier<? extends Promise<T>> body) {
        driver.ensureCanRun();
        return Carrier.run(() -> {
            Promise<T> future = body.get();
            future.callWhenDone(driver::completed, false);
            driver.run(future);
            if (!future.isDone()) {
                throw CoreMisuse.stoppedBeforeCompletion();
            }
            return future.outcome();
        });
    }

    /** Runs until {@link #stop}. */
    public void runForever() {
        driver.ensureCanRun();
        Carrier.<@Nullable Void>run(() -> {
            driver.run(null);
            return null;
        });
    }

    /** Ends the run after the current turn. Without a run, the next one ends after its first turn. */
    public void stop() {
        ensureLoopThread();
        driver.stop();
    }

    /**
     * Waits until no thread runs the loop, at most for {@code limit}. Returns whether none does. Another thread only.
     */
    public boolean awaitStopped(Duration limit) {
        long begun = System.nanoTime(); // the clock of the loop may stand still
        long nanos = Nanos.of(limit);
        while (isRunning() && System.nanoTime() - begun < nanos) {
            LockSupport.parkNanos(this, STOP_POLL_NANOS); // polls, so that a run need not notify anybody
        }
        return !isRunning();
    }

    /**
     * Takes the loop from the thread that runs it, if a task keeps that thread busy. The task goes on by itself, and is
     * not on the loop until it waits for something. Returns whether nobody runs the loop now. Another thread only,
     * which nobody competes with.
     */
    public boolean takeAway() {
        return driver.takeAway();
    }

    /** Its driver. Any thread. */
    public Driver driver() {
        return driver;
    }

    /** Whether it was closed. Any thread. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes it, while nobody runs it. From then on nothing can be scheduled, and what waits is dropped. A task that
     * wakes up later goes on by itself.
     *
     * @param clearing clears what the facade and the satellites have, while no other thread can run the loop
     * @param afterwards is called when it is closed
     */
    public void close(Runnable clearing, Runnable afterwards) {
        List<Step> left = new ArrayList<>();
        driver.exclusively(
                () -> {
                    closed = true;
                    clearing.run();
                    timers.clear();
                    left.addAll(ready.drain());
                },
                CoreMisuse::closeWhileRunning);
        try {
            afterwards.run();
        } finally {
            Zombies.take(left);
        }
    }
}
