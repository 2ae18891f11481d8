package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
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
 * What the facade and the satellites can do with a loop; its parts know each other, and nobody else knows them.
 *
 * <p>Loop thread only, where it does not say otherwise: a task or callback of this loop, or any thread while the loop
 * does not run.
 */
public final class LoopCore {

    /**
     * What a loop is made of.
     *
     * @param owner whom it is charged to, null where nobody keeps account
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
    private final long start;

    /** Written by whoever closes it, read by any thread. */
    private volatile boolean closed;

    /** Any thread. */
    private volatile @Nullable Runnable whenIdle;

    /** Any thread. */
    private volatile boolean debug;

    /** Made by the thread that creates the loop; {@code listener} is given this before anything runs. */
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
        // in the other engine no coroutine is suspended but in awaits of ours
        Outside outside = engine == PortableEngine.INSTANCE ? null : clock.outside();
        this.driver = new Driver(this, this.listener, ready, timers, outside, order.start());
    }

    /** The facade above it. */
    public Host host() {
        return host;
    }

    /** Hears what its driver does. */
    public RunListener listener() {
        return listener;
    }

    /** Whom it is charged to; null where nobody keeps account, or where a class initialiser created it. */
    public @Nullable Owner owner() {
        return owner == null || created.isInClassInitialiser() ? null : owner;
    }

    /** Whom what nobody else owns is charged to: the same, found without a look at its own creation. */
    @Nullable
    Owner heirsOwner() {
        return owner;
    }

    /** Where it was created, from the first line of user code on. */
    public List<StackTraceElement> createdAt() {
        return created.fromUserCode();
    }

    /** Whether what is created on it notes where: somebody will ask. */
    public boolean keepsStacks() {
        return owner != null || debug;
    }

    /** Whether it is in debug mode. */
    public boolean isDebug() {
        return debug;
    }

    /** Switches the debug mode. */
    public void setDebug(boolean debug) {
        this.debug = debug;
        listener.debugChanged();
    }

    /** Its clock. */
    public Clock clock() {
        return clock;
    }

    /** What is not as on every loop, for a dump: its order, its clock; null where one goes without saying. */
    public List<@Nullable String> notes() {
        List<@Nullable String> notes = new ArrayList<>();
        notes.add(order.note());
        notes.add(clock.note());
        return notes;
    }

    Engine engine() {
        return engine;
    }

    /** Whether its coroutines can use the thread-locals of the thread that drives it. */
    public boolean sharesThreadLocals() {
        return engine.sharesThreadLocals();
    }

    /** Whether a coroutine that blocks in the JDK is suspended, so that its thread can be asked what for. */
    public boolean suspendsAnyWait() {
        return engine != PortableEngine.INSTANCE;
    }

    /** The coroutine of this loop on {@code thread}, null where there is none. */
    public @Nullable Coroutine coroutineOn(Thread thread) {
        return SchedulerEngine.coroutineOn(thread, this);
    }

    /** Makes virtual threads that run on this loop. */
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

    /** The coroutine that runs now, null where a callback does, or nothing. Any thread. */
    public @Nullable Coroutine current() {
        return driver.current();
    }

    /**
     * To whom new things are charged: the owner of the coroutine or callback that runs, or else the loop's own. Any
     * thread.
     */
    public @Nullable Owner currentOwner() {
        return isLoopThread() ? driver.currentOwner() : owner;
    }

    /** The same without a look where one is. Loop thread only. */
    @Nullable
    Owner currentOwnerHere() {
        return driver.currentOwner();
    }

    /** Both guards of what schedules something. */
    public void ensureUsable() {
        ensureOpen();
        ensureLoopThread();
    }

    /** It is not closed. Any thread. */
    public void ensureOpen() {
        if (closed) {
            throw CoreMisuse.closed();
        }
    }

    /** The current thread is the loop's, or nobody runs it. */
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

    /** The guards of a run, before anything is created for it. */
    public void ensureCanRun() {
        driver.ensureCanRun();
    }

    /** The time since its creation on its clock. Any thread. */
    public long nanos() {
        return clock.nanos() - start;
    }

    /**
     * A timer of the user's code where there is a request, else one of ours, which belongs to the task that waits for
     * it.
     */
    public Timer timerAt(long when, Runnable callback, @Nullable Request request) {
        ensureUsable();
        return timers.add(this, callback, when, request);
    }

    /** A timer of ours. */
    public Timer timerIn(Duration delay, Runnable callback) {
        return timerAt(Nanos.sum(nanos(), Nanos.of(delay)), callback, null);
    }

    /**
     * A callback of the user's code for the next turn. On the loop's own thread, else as one that comes from outside.
     */
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

    /** Calls {@code action} now on the loop's own thread, else in the next turn. Any thread. */
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

    /** Where {@code …Async} stages run: as callbacks. */
    Executor callbackExecutor() {
        return callbackExecutor;
    }

    /** The callbacks, timers and commands that wait, by their owners. */
    public PendingCalls calls() {
        return calls;
    }

    /** How much it still has to do. */
    public PendingWork work() {
        return work;
    }

    /**
     * Sets who is told, on the thread that schedules, when something is to run while nobody runs the loop. Any thread.
     */
    public void setIdleListener(@Nullable Runnable idleListener) {
        whenIdle = idleListener;
    }

    /** Starts a coroutine of the current owner. */
    public Coroutine start(CoroutineKind kind, @Nullable String name, Callable<?> body) {
        return start(kind, name, currentOwner(), body);
    }

    /** Starts a coroutine of {@code charged}. */
    public Coroutine start(CoroutineKind kind, @Nullable String name, @Nullable Owner charged, Callable<?> body) {
        Objects.requireNonNull(body, "body");
        ensureUsable();
        return register.start(kind, name, charged, body);
    }

    /** Lets {@code coroutine} go on in the next turn, or, where it runs, not be suspended the next time. Any thread. */
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

    /**
     * Every coroutine whose outcome is not there, in the order of creation, without generators and those at rest. Any
     * thread.
     */
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

    /** Who knows of what is outside; null where the clock does not care. Any thread. */
    public @Nullable Outside outside() {
        return clock.outside();
    }

    /** Whether a thread runs it. Any thread. */
    public boolean isRunning() {
        return driver.thread() != null;
    }

    /** The thread that runs it, or closes it; null while nobody does. Any thread. */
    public @Nullable Thread runningThread() {
        return driver.thread();
    }

    /** asyncio's {@code run_until_complete}; {@code body} makes the future on the thread that runs the loop. */
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

    /** Ends the run after the current turn; if none is under way, the next one ends after its first turn. */
    public void stop() {
        ensureLoopThread();
        driver.stop();
    }

    /** Waits until no thread runs the loop, at most for {@code limit}; says whether that is so. Another thread only. */
    public boolean awaitStopped(Duration limit) {
        long begun = System.nanoTime(); // not on the clock of the loop, which may stand still
        long nanos = Nanos.of(limit);
        while (isRunning() && System.nanoTime() - begun < nanos) {
            LockSupport.parkNanos(this, STOP_POLL_NANOS); // nothing is to notify us: a run should not pay for it
        }
        return !isRunning();
    }

    /** What its driver is at. Any thread. */
    public Driver driver() {
        return driver;
    }

    /** Whether it was closed. Any thread. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes it, while nobody runs it: nothing can be scheduled any more, and what waits is dropped. A task that wakes
     * up later goes on by itself.
     *
     * @param clearing gets rid of what the facade and the satellites have, before anybody else can use the loop's
     *     thread
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
