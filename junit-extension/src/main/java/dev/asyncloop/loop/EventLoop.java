package dev.asyncloop.loop;

import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.Request;
import dev.asyncloop.loop.executors.Jobs;
import dev.asyncloop.loop.executors.LoopExecutor;
import dev.asyncloop.loop.generators.GeneratorShutdown;
import dev.asyncloop.loop.snapshot.LoopSnapshot;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.loop.watch.RunWatch;
import dev.asyncloop.loop.watch.Watchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.ThreadOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event loop: runs tasks and callbacks one at a time, in a defined order, on the thread that calls
 * {@link #runUntilComplete}.
 *
 * <p>asyncio's event loop, with its rules. A task is a virtual thread that the loop schedules. Whatever blocks in it
 * ({@code Thread.sleep}, {@code future.get()}, a lock, a socket) suspends the task, and the loop runs on. Virtual
 * threads that a task starts run on the loop too. {@link LoopEngine} says what differs in the portable engine.
 *
 * <p>Loop thread only, where a method does not say otherwise: that is a task or callback of this loop, or any thread
 * while the loop does not run. A closed loop throws {@link IllegalStateException} wherever something would be
 * scheduled.
 */
public final class EventLoop implements AutoCloseable {

    private static final Set<EventLoop> OPEN = ConcurrentHashMap.newKeySet();

    private final LoopCore core;
    private final LoopClock clock;
    private final Ordering ordering;
    private final RunWatch watch;
    private final Jobs jobs;
    private final ExceptionReports reports;
    private final UnretrievedFailures unretrieved;
    private final SignalHandlers signals;

    /** Any thread. */
    private volatile @Nullable TaskFactory taskFactory;

    private EventLoop(LoopOptions options, Watchdog watchdog) {
        this.clock = options.clock();
        this.ordering = options.ordering();
        this.core = new LoopCore(
                new LoopCore.Parts(
                        options.engine(Here.running()).inside(), options.owner(), options.debug(), clock, ordering),
                new Home(this),
                made -> new RunWatch(made, watchdog, options.timeout()));
        this.watch = (RunWatch) core.listener();
        this.jobs = new Jobs(core);
        this.reports = new ExceptionReports(this);
        this.unretrieved = new UnretrievedFailures(this);
        this.signals = new SignalHandlers(core);
        OPEN.add(this);
    }

    /**
     * A new loop. It belongs to the owner of the task or job that creates it, or else of the thread, and has the engine
     * of the loop on which it is created. Any thread.
     */
    public static EventLoop create() {
        return create(LoopOptions.defaults());
    }

    /** The same, made as {@code options} say. Any thread. */
    public static EventLoop create(LoopOptions options) {
        return create(options, Watchdog.ofAllLoops());
    }

    /** The same, looked after by {@code watchdog}. Any thread. */
    static EventLoop create(LoopOptions options, Watchdog watchdog) {
        Owner creating = options.owner() == null ? ThreadOrigins.orOfThread(CurrentOwner.get()) : null;
        return new EventLoop(creating == null ? options : options.owner(creating), watchdog);
    }

    /**
     * The loop that runs the current task or callback.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static EventLoop running() {
        return Home.loopOf(Here.requireRunning());
    }

    /** The loop that {@code future} belongs to: asyncio's {@code Future.get_loop}. Any thread. */
    public static EventLoop of(LoopFuture<?> future) {
        return Home.loopOf(Promises.coreOf(future));
    }

    /**
     * What {@code owner} has on this loop, for whoever keeps its account. Any thread.
     *
     * <p>For asyncloop itself. It may change at any time.
     */
    @SuppressWarnings("exports") // nobody else can do anything with it
    public LoopAccount account(Owner owner) {
        return new OwnersAccount(this, core, owner);
    }

    /**
     * What {@code owner} has on each open loop that belongs to it, without the loop {@code own}. That one is not even
     * asked for its owner, since the answer takes a look at a stack. Any thread; a snapshot.
     */
    @SuppressWarnings("exports") // nobody else can do anything with it
    public static List<LoopAccount> accountsOf(Owner owner, @Nullable EventLoop own) {
        List<LoopAccount> accounts = new ArrayList<>();
        for (EventLoop loop : OPEN) {
            if (loop != own && loop.core.owner() == owner) {
                accounts.add(loop.account(owner));
            }
        }
        return accounts;
    }

    /** Every loop that is not closed. Any thread; a snapshot. */
    static Set<EventLoop> open() {
        return Set.copyOf(OPEN);
    }

    /** The core; for this package. */
    LoopCore core() {
        return core;
    }

    /**
     * Runs {@code body} as a task until it ends, on the calling thread, and returns its result. Other tasks and
     * callbacks run meanwhile. What is not done when the body ends waits for the next run.
     *
     * <p>What the body throws is thrown without a wrapper, even a checked exception. If the calling thread is
     * interrupted, the body is cancelled. Then an {@link InterruptedException} is thrown that lists the unfinished
     * tasks, after a second at the latest.
     *
     * <p>The body is also cancelled when the run comes to the loop's {@linkplain LoopOptions#timeout timeout}, and when
     * it is certain that nothing can wake the loop any more: its tasks await each other in a circle, or want locks that
     * the others hold. Then a {@link StuckLoopException} is thrown that shows every task. Another thread could still
     * cancel one of the tasks; that possibility does not count.
     *
     * @throws IllegalStateException if the loop is closed or running, another loop runs on this thread, or
     *     {@link #stop} was called before the body ended
     */
    public <T extends @Nullable Object> T runUntilComplete(Callable<? extends T> body) {
        Objects.requireNonNull(body, "a body or a future is required");
        return core.runUntilComplete(() -> {
            Task<T> task = createTask(body);
            task.coroutine().mayStayPending();
            return task;
        });
    }

    /** The same for a body without a result. */
    public void runUntilComplete(ThrowingRunnable body) {
        Objects.requireNonNull(body, "a body or a future is required");
        runUntilComplete(CoroutineBody.of(body));
    }

    /**
     * The same for a future. A stage of another library is {@linkplain #wrap wrapped} before.
     *
     * @throws IllegalArgumentException if it is a future of another loop
     */
    public <T extends @Nullable Object> T runUntilComplete(CompletionStage<T> stage) {
        Objects.requireNonNull(stage, "a body or a future is required");
        core.ensureCanRun();
        LoopFuture<T> future = wrap(stage);
        return core.runUntilComplete(() -> future);
    }

    /**
     * Runs until {@link #stop}, on the calling thread.
     *
     * <p>Throws {@link InterruptedException} if the thread is interrupted.
     *
     * @throws IllegalStateException as {@link #runUntilComplete}
     */
    public void runForever() {
        core.runForever();
    }

    /** Ends the run after the current turn. Without a run, the next one ends after its first turn. */
    public void stop() {
        core.stop();
    }

    /** Whether a thread is running it. Any thread. */
    public boolean isRunning() {
        return core.isRunning();
    }

    /** Whether {@link #close} was called. Any thread. */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * Closes the loop. From then on nothing can be scheduled. Callbacks and timers that wait are dropped. Closing twice
     * does nothing. Any thread.
     *
     * <p>Tasks that are not done are not cancelled, and the loop does not run them again. The exception handler is told
     * of them, unless they are background tasks or were cancelled. It is also told of each failed task whose failure
     * nobody looked at. The default executor is shut down without waiting for it: a job that it does goes on, and the
     * result is dropped. Signals are given back.
     *
     * @throws IllegalStateException if the loop is running
     */
    @Override
    public void close() {
        if (core.isClosed()) {
            return;
        }
        List<ExceptionContext> lost = new ArrayList<>();
        core.close(
                () -> {
                    OPEN.remove(this);
                    lost.addAll(ExceptionReports.destroyed(allTasks()));
                    lost.addAll(unretrieved.close());
                    signals.clear();
                    jobs.close();
                },
                () -> reports.reportAll(lost));
    }

    /** Calls {@code callback} in the next turn. */
    public Handle callSoon(Runnable callback) {
        return core.callSoon(Objects.requireNonNull(callback, "callback"));
    }

    /** Calls {@code callback} after {@code delay}; a negative one is due at once. */
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return at(Nanos.sum(core.nanos(), Nanos.of(delay)), callback);
    }

    /** Calls {@code callback} when {@link #time()} has come to {@code when}. */
    public TimerHandle callAt(Duration when, Runnable callback) {
        return at(Nanos.of(when), callback);
    }

    private TimerHandle at(long when, Runnable callback) {
        core.ensureUsable();
        Objects.requireNonNull(callback, "callback");
        return core.timerAt(when, callback, Request.of(core, callback, null));
    }

    /** Calls {@code callback} in the next turn, and wakes the loop for it. Any thread. */
    public Handle callSoonThreadsafe(Runnable callback) {
        core.ensureOpen();
        Callback brought = new Callback(core, Objects.requireNonNull(callback, "callback"));
        brought.enqueue();
        return brought;
    }

    /** The time since the loop was created, on the loop's clock. It never goes back. Any thread. */
    public Duration time() {
        return Duration.ofNanos(core.nanos());
    }

    /** The clock of its timers and sleeps. Any thread. */
    public LoopClock clock() {
        return clock;
    }

    /** Notes for a dump about its order and its clock; empty for the usual ones. */
    List<String> notes() {
        return core.notes().stream().flatMap(Stream::ofNullable).toList();
    }

    /** In which order it runs what is ready. Any thread. */
    public Ordering ordering() {
        return ordering;
    }

    /** Starts {@code body} as a task; it begins in the next turn. */
    public <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
        return make(new TaskFactory.Options(null, false), body);
    }

    /** The same for a body without a result. */
    public Task<@Nullable Void> createTask(ThrowingRunnable body) {
        return make(new TaskFactory.Options(null, false), CoroutineBody.of(body));
    }

    /** The same with a name, for messages and as the name of its thread. */
    public <T extends @Nullable Object> Task<T> createTask(String name, Callable<? extends T> body) {
        return make(new TaskFactory.Options(Objects.requireNonNull(name, "name"), false), body);
    }

    /** The same with a name for a body without a result. */
    public Task<@Nullable Void> createTask(String name, ThrowingRunnable body) {
        return make(new TaskFactory.Options(Objects.requireNonNull(name, "name"), false), CoroutineBody.of(body));
    }

    /** Starts a task that may outlive its creator. At the end of a test it is cancelled and awaited, and is no leak. */
    public Task<@Nullable Void> createBackgroundTask(String name, ThrowingRunnable body) {
        return make(new TaskFactory.Options(Objects.requireNonNull(name, "name"), true), CoroutineBody.of(body));
    }

    /** A new future that somebody else completes. Any thread. */
    public <T extends @Nullable Object> LoopFuture<T> createFuture() {
        return new LoopFuture<>(core);
    }

    /**
     * {@code stage} as a future of this loop. A future of this loop is returned as it is. For any other stage it is a
     * new future that ends as the stage does; cancelling the future cancels the stage. Any thread.
     *
     * @throws IllegalArgumentException if it is a future of another loop
     */
    public <T extends @Nullable Object> LoopFuture<T> wrap(CompletionStage<T> stage) {
        if (stage instanceof LoopFuture<T> future) {
            if (Promises.coreOf(future) != core) {
                throw Misuse.futureOfAnotherLoop();
            }
            return future;
        }
        return new WrappedFuture<>(core, stage);
    }

    /** Every task that is not done, in the order of creation. Any thread; a snapshot. */
    public List<Task<?>> allTasks() {
        return core.coroutines().stream().<Task<?>>map(Task::of).toList();
    }

    /**
     * Closes every started generator whose body has not ended, all at the same time, and ends when they have.
     *
     * <p>asyncio's {@code shutdown_asyncgens}. Await it in a task, or run it:
     * {@code loop.runUntilComplete(loop.shutdownAsyncGenerators())}. If a generator cannot be closed, the exception
     * handler is told and the others are closed all the same. That is so if its body throws, or a consumer waits for
     * its next value. After this call, each generator that starts is logged as a warning.
     *
     * @throws IllegalStateException if the loop is closed
     */
    public LoopFuture<@Nullable Void> shutdownAsyncGenerators() {
        core.ensureUsable();
        return (LoopFuture<@Nullable Void>) GeneratorShutdown.begin(core);
    }

    /** Makes virtual threads that run on this loop, for an executor of the code under test. Any thread. */
    public ThreadFactory threadFactory() {
        return core.threadFactory();
    }

    /**
     * Does {@code job} on a thread of the default executor: asyncio's {@code run_in_executor}. Use it for what would
     * hold the loop, such as long computations and native calls.
     *
     * <p>The future ends in a turn of the loop, with what the job returned or threw. Cancelling the future cancels a
     * job that has not begun. A job that runs goes on, and its result is dropped. The default executor is made when it
     * is first needed. It has daemon threads: as many as there are processors and four more, but at most 32.
     *
     * @throws IllegalStateException if {@link #shutdownDefaultExecutor} was called
     */
    public <T extends @Nullable Object> LoopFuture<T> runInExecutor(Callable<? extends T> job) {
        Objects.requireNonNull(job, "job");
        core.ensureUsable();
        return (LoopFuture<T>) jobs.<T>start(job);
    }

    /** The same on a thread of {@code executor}. If the executor refuses the job, its exception is thrown. */
    public <T extends @Nullable Object> LoopFuture<T> runInExecutor(Executor executor, Callable<? extends T> job) {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(job, "job");
        core.ensureUsable();
        return (LoopFuture<T>) jobs.<T>start(executor, job);
    }

    /**
     * Makes {@code executor} the default one. The loop shuts it down when the loop is closed. An executor that was set
     * before is left to its owner. The executor that the loop made itself ends with its last job.
     */
    public void setDefaultExecutor(ExecutorService executor) {
        Objects.requireNonNull(executor, "executor must be an ExecutorService");
        core.ensureUsable();
        jobs.setExecutor(executor);
    }

    /**
     * Shuts the default executor down, and waits at most for {@code limit} until its threads have ended. If they have
     * not, it logs a warning and leaves them. From then on {@link #runInExecutor(Callable)} throws
     * {@link IllegalStateException}, even if there never was a default executor. Task of this loop only.
     */
    public void shutdownDefaultExecutor(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        core.ensureUsable();
        jobs.shutDown(limit);
    }

    /** The jobs that it handed to other threads. */
    Jobs jobs() {
        return jobs;
    }

    /**
     * A view of the loop as an executor, for a library that takes one. Each command runs as a task of the loop, so it
     * may wait. Delays are on the loop's clock. Nothing runs while the loop does not run. Any thread.
     *
     * <p>Each call makes a new view. Shutting a view down does not close the loop. As by default in a
     * {@link java.util.concurrent.ScheduledThreadPoolExecutor}, delayed commands still run, periodic ones are
     * cancelled, and new ones are rejected. A closed loop rejects every command, and its views have terminated. The
     * waits of a view ({@code get}, {@code invokeAll}, {@code awaitTermination}) suspend a task of the loop. In a
     * callback of the loop they throw {@link IllegalStateException}.
     */
    public ScheduledExecutorService asExecutor() {
        return new LoopExecutor(core);
    }

    /** Whether the loop is in debug mode. Any thread. */
    public boolean isDebug() {
        return core.isDebug();
    }

    /** Switches the debug mode. Any thread. */
    public void setDebug(boolean debug) {
        core.setDebug(debug);
    }

    /** How long a step may take before debug mode logs it as slow; 100 ms by default. Any thread. */
    public Duration slowCallbackDuration() {
        return watch.slowSteps().limit();
    }

    /**
     * Sets how long a step may take before debug mode logs it as slow, with the lines at which it was seen meanwhile. A
     * step is a callback, or a task up to where it waits next. Any thread.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void setSlowCallbackDuration(Duration duration) {
        if (Objects.requireNonNull(duration, "duration").isNegative()) {
            throw Misuse.negativeSlowCallbackDuration(duration);
        }
        watch.slowSteps().setLimit(duration);
        watch.debugChanged();
    }

    /** Sets who is told of failures that nobody can catch; null for the log. Any thread. */
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        reports.setHandler(handler);
    }

    /** Who is told of failures that nobody can catch; null for the log. Any thread. */
    public @Nullable ExceptionHandler exceptionHandler() {
        return reports.handler();
    }

    /** Tells the exception handler, on the calling thread. Any thread, even when the loop is closed. */
    public void callExceptionHandler(ExceptionContext context) {
        reports.report(context);
    }

    /**
     * Logs {@code context} as a loop without an exception handler does; for handlers that want the log as well. Any
     * thread.
     */
    public void defaultExceptionHandler(ExceptionContext context) {
        ExceptionReports.log(context);
    }

    /**
     * Sets who makes the tasks of {@code createTask} and of {@code runUntilComplete}; null for the loop itself. Any
     * thread.
     */
    public void setTaskFactory(@Nullable TaskFactory factory) {
        taskFactory = factory;
    }

    /** Who makes the tasks; null for the loop itself. Any thread. */
    public @Nullable TaskFactory taskFactory() {
        return taskFactory;
    }

    /**
     * Calls {@code callback} on the loop whenever the process gets the signal of that name, such as {@code "INT"} or
     * {@code "TERM"}. The usual reaction to the signal does not happen. This lasts until the handler is removed or the
     * loop is closed. It replaces an earlier handler of this loop. If several loops handle the same signal, the last
     * one gets it.
     *
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it cannot be caught, or the loop is closed
     */
    public void addSignalHandler(String signal, Runnable callback) {
        core.ensureUsable();
        signals.add(Objects.requireNonNull(signal, "signal"), Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Gives a signal back to whoever handled it before; false if this loop does not handle it.
     *
     * @throws IllegalArgumentException if there is no such signal
     */
    public boolean removeSignalHandler(String signal) {
        core.ensureLoopThread();
        return signals.remove(Objects.requireNonNull(signal, "signal"));
    }

    UnretrievedFailures unretrieved() {
        return unretrieved;
    }

    /** Makes a task by the task factory. */
    @SuppressWarnings("unchecked") // a factory that returns another type of task fails where the result is used
    <T extends @Nullable Object> Task<T> make(TaskFactory.Options options, Callable<? extends T> body) {
        TaskFactory factory = taskFactory;
        if (factory == null) {
            return startPlain(options, body);
        }
        Objects.requireNonNull(body, "body");
        core.ensureUsable();
        Task<?> task = factory.create(this, body, options);
        if (task == null) {
            throw Misuse.taskFactoryReturnedNull(factory);
        }
        if (task.coroutine().core() != core) {
            throw Misuse.taskFactoryReturnedTaskOfAnotherLoop(factory, task);
        }
        return (Task<T>) task;
    }

    @SuppressWarnings("unchecked") // the outcome of the coroutine has the type of the body
    <T extends @Nullable Object> Task<T> startPlain(TaskFactory.Options options, Callable<? extends T> body) {
        CoroutineKind kind = options.background() ? CoroutineKind.BACKGROUND : CoroutineKind.TASK;
        return (Task<T>) Task.of(core.start(kind, options.name(), body));
    }

    /** A snapshot of the loop, to be printed. Any thread. */
    @SuppressWarnings("exports") // its text is what others can use
    public LoopSnapshot snapshot() {
        return new LoopSnapshot(
                core.owner(),
                isRunning(),
                core.createdAt(),
                core.coroutines().stream().map(TaskSnapshot::of).toList(),
                AsyncGenerator.snapshots(core),
                notes());
    }

    @Override
    public String toString() {
        return "<EventLoop running=" + isRunning() + " closed=" + isClosed()
                + (core.owner() == null ? "" : " of " + core.owner())
                + (ordering.equals(Ordering.fifo()) ? "" : " ordering=" + ordering) + ">";
    }
}
