package dev.asyncloop.loop;

import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.CoroutineKind;
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
import dev.asyncloop.origin.Owner;
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
 * <p>asyncio's event loop, with its rules. A task is a virtual thread that the loop schedules: whatever blocks in it
 * ({@code Thread.sleep}, {@code future.get()}, a lock, a socket) suspends it, and the loop runs on. Virtual threads
 * that a task starts itself run on the loop too.
 *
 * <p>Loop thread only, which means a task or callback of this loop, or any thread while the loop does not run; what any
 * thread may call says so. A closed loop throws {@link IllegalStateException} wherever something would be scheduled.
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

    private EventLoop(LoopOptions options) {
        this.clock = options.clock();
        this.ordering = options.ordering();
        this.core = new LoopCore(
                new LoopCore.Parts(options.engine().inside(), options.owner(), options.debug(), clock, ordering),
                new Home(this),
                made -> new RunWatch(made, options.timeout()));
        this.watch = (RunWatch) core.listener();
        this.jobs = new Jobs(core);
        this.reports = new ExceptionReports(this);
        this.unretrieved = new UnretrievedFailures(this);
        this.signals = new SignalHandlers(core);
        OPEN.add(this);
    }

    /** A new loop, charged to the owner of the task that creates it. Any thread. */
    public static EventLoop create() {
        return create(LoopOptions.defaults());
    }

    /** The same, made as {@code options} say. Any thread. */
    public static EventLoop create(LoopOptions options) {
        LoopCore creator = options.owner() == null ? Here.running() : null;
        Owner creating = creator == null ? null : creator.currentOwner();
        return new EventLoop(creating == null ? options : options.owner(creating));
    }

    /**
     * The loop that runs the current task or callback.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static EventLoop running() {
        return Home.loopOf(Here.requireRunning());
    }

    static @Nullable EventLoop runningOrNull() {
        LoopCore here = Here.running();
        return here == null ? null : Home.loopOf(here);
    }

    /** The loop that {@code future} belongs to. asyncio's {@code Future.get_loop}. Any thread. */
    public static EventLoop of(LoopFuture<?> future) {
        return Home.loopOf(Promises.coreOf(future));
    }

    /**
     * What {@code owner} has on this loop, for whoever keeps its account. Any thread.
     *
     * <p>For asyncloop itself: it changes with it.
     */
    @SuppressWarnings("exports") // nobody else can do anything with it
    public LoopAccount account(Owner owner) {
        return new OwnersAccount(this, core, owner);
    }

    /**
     * The same of every open loop that is charged to {@code owner}, but for {@code own}: that one is not asked for its
     * owner, for which it would read the stack that created it. Any thread; a snapshot.
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

    /** For what is in this package. */
    LoopCore core() {
        return core;
    }

    /**
     * Runs {@code body} as a task until it ends, on the calling thread, and returns its result. Everything else that is
     * ready runs meanwhile; what is not done then stays as it is for the next run.
     *
     * <p>What the body throws is thrown itself, also a checked exception. If the calling thread is interrupted, the
     * body is cancelled and an {@link InterruptedException} thrown that lists the unfinished tasks, at the latest after
     * a second.
     *
     * <p>If it is certain that nothing can wake the loop any more, since its tasks await each other in a circle or want
     * locks that the others hold, or if the run comes to the loop's {@linkplain LoopOptions#timeout timeout}, the body
     * is cancelled likewise and a {@link StuckLoopException} thrown that shows every task. That another thread could
     * still cancel one of them is not counted.
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
     * The same for a future; a stage of another library is waited for by {@link #wrap}.
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

    /** Ends the run after the current turn; if none is under way, the next one ends after its first turn. */
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
     * Closes the loop: nothing can be scheduled any more; callbacks and timers that wait are dropped. Tasks that are
     * not done are neither cancelled nor run again by the loop; they are reported to the exception handler, unless they
     * are background tasks or were cancelled, and so is what tasks failed with and nobody looked at. The default
     * executor is shut down, and not waited for: a job that it does goes on, and its result is dropped. Signals are
     * given back. Closing twice does nothing. Any thread.
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

    /** The time since its creation on the loop's clock, monotonic. Any thread. */
    public Duration time() {
        return Duration.ofNanos(core.nanos());
    }

    /** The clock of its timers and sleeps. Any thread. */
    public LoopClock clock() {
        return clock;
    }

    /** What is not as on every loop, for a dump. */
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

    /** Starts a task that may outlive its creator: at the end of a test it is cancelled and awaited, and no leak. */
    public Task<@Nullable Void> createBackgroundTask(String name, ThrowingRunnable body) {
        return make(new TaskFactory.Options(Objects.requireNonNull(name, "name"), true), CoroutineBody.of(body));
    }

    /** A new future that somebody else completes. Any thread. */
    public <T extends @Nullable Object> LoopFuture<T> createFuture() {
        return new LoopFuture<>(core);
    }

    /**
     * {@code stage} as a future of this loop: itself if it is one already; else a future that ends as the stage does,
     * and cancels it when it is cancelled. Any thread.
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
     * {@code loop.runUntilComplete(loop.shutdownAsyncGenerators())}. What closing a generator throws, also that a
     * consumer waits for it right now, is given to the exception handler, and the others are closed nevertheless. A
     * generator that starts after this call is warned of.
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
     * Does {@code job} on a thread of the default executor, for what would hold the loop: computing, native calls.
     * asyncio's {@code run_in_executor}.
     *
     * <p>The future ends in a turn of the loop, with what the job returned or threw. Cancelling it cancels a job that
     * did not begin; one that runs goes on, and its result is dropped. The default executor is made when it is first
     * needed, with daemon threads, at most 32 and at most four more than there are processors.
     *
     * @throws IllegalStateException if {@link #shutdownDefaultExecutor} was called
     */
    public <T extends @Nullable Object> LoopFuture<T> runInExecutor(Callable<? extends T> job) {
        Objects.requireNonNull(job, "job");
        core.ensureUsable();
        return (LoopFuture<T>) jobs.<T>start(job);
    }

    /** The same on a thread of {@code executor}; throws what that one throws if it refuses. */
    public <T extends @Nullable Object> LoopFuture<T> runInExecutor(Executor executor, Callable<? extends T> job) {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(job, "job");
        core.ensureUsable();
        return (LoopFuture<T>) jobs.<T>start(executor, job);
    }

    /**
     * Makes {@code executor} the default one. The loop shuts it down when it is closed. One that was set before is left
     * to its owner; the loop's own ends with its last job.
     */
    public void setDefaultExecutor(ExecutorService executor) {
        Objects.requireNonNull(executor, "executor must be an ExecutorService");
        core.ensureUsable();
        jobs.setExecutor(executor);
    }

    /**
     * Shuts the default executor down, and waits at most for {@code limit} until its threads have ended; if they have
     * not, logs a warning and leaves them. From then on {@link #runInExecutor(Callable)} is refused, also if there
     * never was such an executor. Task of this loop only.
     */
    public void shutdownDefaultExecutor(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        core.ensureUsable();
        jobs.shutDown(limit);
    }

    /** What it handed to other threads. */
    Jobs jobs() {
        return jobs;
    }

    /**
     * A view of the loop as an executor, for a library that takes one. A command runs as a task of the loop, so it may
     * wait; delays are on the loop's clock. Nothing runs while the loop does not.
     *
     * <p>Each call makes a view of its own. Shutting it down does not close the loop: delayed commands still run,
     * periodic ones are cancelled, and new ones rejected, as those of a
     * {@link java.util.concurrent.ScheduledThreadPoolExecutor} are by default. A closed loop rejects everything, and
     * its views have terminated. What such a view waits for ({@code get}, {@code invokeAll}, {@code awaitTermination})
     * suspends a task of the loop; in a callback it throws {@link IllegalStateException}. Any thread.
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

    /** From which duration on a step is logged as slow in debug mode; 100 ms at first. Any thread. */
    public Duration slowCallbackDuration() {
        return watch.slowSteps().limit();
    }

    /**
     * Sets from which duration on a callback, or a task up to where it waits next, is logged as slow in debug mode,
     * with the lines at which it was seen meanwhile. Any thread.
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

    /** Sets who is told what nobody can catch; null for the log. Any thread. */
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        reports.setHandler(handler);
    }

    /** Who is told what nobody can catch; null for the log. Any thread. */
    public @Nullable ExceptionHandler exceptionHandler() {
        return reports.handler();
    }

    /** Tells the exception handler, on the calling thread. Any thread, also when the loop is closed. */
    public void callExceptionHandler(ExceptionContext context) {
        reports.report(context);
    }

    /** Logs {@code context} as it is done without an exception handler; for one that wants that too. Any thread. */
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
     * Calls {@code callback} on the loop for each signal that the process gets of that name, such as {@code "INT"} or
     * {@code "TERM"}, instead of what would happen otherwise, until it is removed or the loop is closed. Replaces an
     * earlier one. Where several loops handle the same signal, the last one gets it.
     *
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it cannot be caught, or the loop is closed
     */
    public void addSignalHandler(String signal, Runnable callback) {
        core.ensureUsable();
        signals.add(Objects.requireNonNull(signal, "signal"), Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Gives a signal back to who had it before; false where the loop does not handle it.
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

    /** As the task factory wants it. */
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

    @SuppressWarnings("unchecked") // its outcome is what the body returns
    <T extends @Nullable Object> Task<T> startPlain(TaskFactory.Options options, Callable<? extends T> body) {
        CoroutineKind kind = options.background() ? CoroutineKind.BACKGROUND : CoroutineKind.TASK;
        return (Task<T>) Task.of(core.start(kind, options.name(), body));
    }

    /** What the loop is now, to be printed. Any thread. */
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
