package dev.asyncloop.loop;

import dev.asyncloop.loop.core.CoreMisuse;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.groups.AsCompleted;
import dev.asyncloop.loop.groups.GatheringFuture;
import dev.asyncloop.loop.groups.ScopeMisuse;
import dev.asyncloop.loop.groups.ShieldFuture;
import dev.asyncloop.loop.groups.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a task calls on the loop that runs it: the functions of the Python module {@code asyncio}.
 *
 * <p>{@code run} and {@code runCoroutineThreadsafe} may be called on any thread. All other methods belong in a task or
 * callback of a loop, and throw {@link IllegalStateException} elsewhere.
 */
public final class Asyncio {

    private Asyncio() {}

    /**
     * Runs {@code body} on a new loop, on the calling thread, and returns its result: asyncio's {@code run}. Then it
     * cancels the tasks that are left, waits for them and closes the loop, as {@link Runner#close} does. Any thread
     * outside of a loop.
     *
     * @throws IllegalStateException on a loop
     */
    public static <T extends @Nullable Object> T run(Callable<? extends T> body) {
        return run(body, LoopOptions.defaults());
    }

    /** The same for a body without a result. */
    public static void run(ThrowingRunnable body) {
        run(body, LoopOptions.defaults());
    }

    /** The same with a loop made as {@code options} say. */
    public static <T extends @Nullable Object> T run(Callable<? extends T> body, LoopOptions options) {
        if (Here.running() != null) {
            throw Misuse.runFromRunningLoop("asyncio.run()");
        }
        try (Runner runner = Runner.create(options)) {
            return runner.run(body);
        }
    }

    /** The same with a loop made as {@code options} say, for a body without a result. */
    public static void run(ThrowingRunnable body, LoopOptions options) {
        run(CoroutineBody.of(body), options);
    }

    /**
     * Does {@code job} on a thread of the loop's default executor, and waits for its result while the loop runs on:
     * asyncio's {@code to_thread}. What the job throws is thrown without a wrapper. If the task is cancelled meanwhile,
     * a job that has not begun is cancelled too. A job that runs goes on, and its result is dropped.
     */
    public static <T extends @Nullable Object> T toThread(Callable<? extends T> job) {
        EventLoop loop = EventLoop.running();
        Here.requireCoroutine();
        LoopFuture<T> result = loop.runInExecutor(job);
        return result.await();
    }

    /** The same for a job without a result. */
    public static void toThread(ThrowingRunnable job) {
        toThread(CoroutineBody.of(job));
    }

    /** The task that runs now; null in a callback. */
    public static @Nullable Task<?> currentTask() {
        return Task.ofNullable(Here.requireRunning().current());
    }

    /** Every task of the running loop that is not done. */
    public static List<Task<?>> allTasks() {
        return EventLoop.running().allTasks();
    }

    /**
     * Suspends the task for {@code delay} on the loop's clock. If the delay is zero or negative, it lasts exactly one
     * turn.
     */
    public static void sleep(Duration delay) {
        LoopCore core = Here.requireRunning();
        if (delay.isZero() || delay.isNegative()) {
            yieldOnce();
        } else {
            new SleepFuture(core, delay).sleep();
        }
    }

    private static void yieldOnce() {
        Coroutine here = Here.requireCoroutine();
        here.core().yield(here);
        if (here.takeInterruption()) {
            throw new CancelledException(here.cancelMessage());
        }
    }

    /** Waits for a stage of any library as for a {@link LoopFuture}: see {@link LoopFuture#await()}. */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return EventLoop.running().wrap(stage).await();
    }

    /** Starts {@code body} as a task of the running loop; it begins in the next turn. */
    public static <T extends @Nullable Object> Task<T> createTask(Callable<? extends T> body) {
        return EventLoop.running().createTask(body);
    }

    /** The same for a body without a result. */
    public static Task<@Nullable Void> createTask(ThrowingRunnable body) {
        return EventLoop.running().createTask(body);
    }

    /** The same with a name, for messages and as the name of its thread. */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Callable<? extends T> body) {
        return EventLoop.running().createTask(name, body);
    }

    /** The same with a name for a body without a result. */
    public static Task<@Nullable Void> createTask(String name, ThrowingRunnable body) {
        return EventLoop.running().createTask(name, body);
    }

    /**
     * Starts {@code body} as a task of {@code loop}, which begins in the next turn. Any thread, even while the loop
     * does not run.
     *
     * <p>The future that is returned ends as the task does. Cancelling it cancels the task. So does anything else that
     * ends the future before the task, such as {@code orTimeout}.
     *
     * @throws IllegalStateException if the loop is closed
     */
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Callable<? extends T> body, EventLoop loop) {
        Objects.requireNonNull(body, "body");
        return new ThreadsafeCall<T>().start(Objects.requireNonNull(loop, "loop"), body);
    }

    /** The same for a body without a result. */
    public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(ThrowingRunnable body, EventLoop loop) {
        return runCoroutineThreadsafe(CoroutineBody.of(body), loop);
    }

    /**
     * A future of the results of {@code stages}, in the order of the stages. A stage that is given twice is awaited
     * once.
     *
     * <p>The future fails as soon as a stage fails or is cancelled; the other stages go on. Cancelling the future
     * cancels all stages, and it ends when they all have ended.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> LoopFuture<List<T>> gather(CompletionStage<? extends T>... stages) {
        return gather(Arrays.asList(stages));
    }

    /** The same for a list. */
    public static <T extends @Nullable Object> LoopFuture<List<T>> gather(
            List<? extends CompletionStage<? extends T>> stages) {
        EventLoop loop = EventLoop.running();
        return GatheringFuture.ofResults(loop.core(), wrapAll(loop, stages));
    }

    /**
     * A future of the outcomes of {@code stages}, in the order of the stages: asyncio's {@code gather} with
     * {@code return_exceptions}. It waits for all stages, and a failure is a value. Cancelling the future cancels all
     * stages; the future is cancelled when they all have ended.
     */
    public static <T extends @Nullable Object> LoopFuture<List<Outcome<T>>> gatherOutcomes(
            List<? extends CompletionStage<? extends T>> stages) {
        EventLoop loop = EventLoop.running();
        return GatheringFuture.ofOutcomes(loop.core(), wrapAll(loop, stages));
    }

    /**
     * Waits until all of {@code stages} are done, however they end: see
     * {@link #awaitDone(Collection, ReturnWhen, Duration)}.
     */
    public static <T extends @Nullable Object> WaitResult<T> awaitDone(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return awaitDone(stages, ReturnWhen.ALL_COMPLETED);
    }

    /** Waits for one or all of {@code stages}: see {@link #awaitDone(Collection, ReturnWhen, Duration)}. */
    public static <T extends @Nullable Object> WaitResult<T> awaitDone(
            Collection<? extends CompletionStage<? extends T>> stages, ReturnWhen when) {
        return new Wait<T>(distinct(stages), when).run(null);
    }

    /**
     * Waits for one or all of {@code stages}, at most for {@code limit}: asyncio's {@code wait}. It does not throw when
     * the limit is over. It never cancels a stage, even if the waiting task is cancelled.
     *
     * @throws IllegalArgumentException if there are none, or one is a future of another loop
     * @throws IllegalStateException if the current task is one of them
     */
    public static <T extends @Nullable Object> WaitResult<T> awaitDone(
            Collection<? extends CompletionStage<? extends T>> stages, ReturnWhen when, Duration limit) {
        return new Wait<T>(distinct(stages), when).run(Objects.requireNonNull(limit, "limit"));
    }

    /**
     * {@code stages} as futures, in the order in which they end: asyncio's {@code as_completed}. {@code next()}
     * suspends the task until one more is done. A stage that is given twice comes once. It can be iterated once.
     *
     * @throws IllegalArgumentException if one is a future of another loop
     * @throws IllegalStateException if the current task is one of them
     */
    public static <T extends @Nullable Object> Iterable<LoopFuture<T>> asCompleted(
            Collection<? extends CompletionStage<? extends T>> stages) {
        return new AsCompleted<>(Here.requireRunning(), distinct(stages), null);
    }

    /**
     * The same, for at most {@code limit} from now on. For each stage that is not done by then, {@code next()} throws a
     * {@link TimeoutException}, which it does not declare.
     */
    public static <T extends @Nullable Object> Iterable<LoopFuture<T>> asCompleted(
            Collection<? extends CompletionStage<? extends T>> stages, Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return new AsCompleted<>(Here.requireRunning(), distinct(stages), limit);
    }

    private static <T extends @Nullable Object> Set<LoopFuture<T>> distinct(
            Collection<? extends CompletionStage<? extends T>> stages) {
        Set<LoopFuture<T>> futures = new LinkedHashSet<>(wrapAll(EventLoop.running(), stages));
        Coroutine here = Here.currentCoroutine();
        if (here != null && futures.contains(here.outcome())) {
            throw CoreMisuse.awaitsItself();
        }
        return futures;
    }

    /** The stages as futures of {@code loop}. A stage that is there twice has one future. */
    private static <T extends @Nullable Object> List<LoopFuture<T>> wrapAll(
            EventLoop loop, Collection<? extends CompletionStage<? extends T>> stages) {
        Map<CompletionStage<? extends T>, LoopFuture<T>> known = new IdentityHashMap<>();
        List<LoopFuture<T>> futures = new ArrayList<>(stages.size());
        for (CompletionStage<? extends T> stage : stages) {
            futures.add(known.computeIfAbsent(stage, absent -> wrapped(loop, absent)));
        }
        return futures;
    }

    @SuppressWarnings("unchecked") // safe: the future is only read
    private static <T extends @Nullable Object> LoopFuture<T> wrapped(
            EventLoop loop, CompletionStage<? extends T> stage) {
        return (LoopFuture<T>) loop.wrap(Objects.requireNonNull(stage, "a stage is null"));
    }

    /**
     * A future that ends as {@code stage} does: asyncio's {@code shield}. Cancelling the future does not cancel the
     * stage: whoever awaits the future is cancelled, and the stage goes on.
     */
    public static <T extends @Nullable Object> LoopFuture<T> shield(CompletionStage<? extends T> stage) {
        return ShieldFuture.of(wrapped(EventLoop.running(), stage));
    }

    /**
     * Runs {@code body} in the current task, and cancels the task when {@code delay} is over: asyncio's
     * {@code timeout}. A delay of zero or less is over at the first wait. What the body throws is thrown without a
     * wrapper, even a checked exception.
     *
     * @throws TimeoutException if the body ended because of that, and nobody else asked to cancel the task
     * @throws IllegalStateException outside of a task
     */
    public static <T extends @Nullable Object> T timeout(Duration delay, Callable<? extends T> body)
            throws TimeoutException {
        Objects.requireNonNull(body, "body");
        return TimeoutScope.open(delay).around(body);
    }

    /** The same for a body without a result. */
    public static void timeout(Duration delay, ThrowingRunnable body) throws TimeoutException {
        timeout(delay, CoroutineBody.of(body));
    }

    /** The same for a body that ends by itself elsewhere: see {@link TimeoutScope}. */
    public static TimeoutScope timeout(Duration delay) {
        return TimeoutScope.open(delay);
    }

    /** The same until {@code when} on the clock of {@link EventLoop#time()}. */
    public static <T extends @Nullable Object> T timeoutAt(Duration when, Callable<? extends T> body)
            throws TimeoutException {
        Objects.requireNonNull(body, "body");
        return TimeoutScope.openAt(when).around(body);
    }

    /** The same for a body without a result. */
    public static void timeoutAt(Duration when, ThrowingRunnable body) throws TimeoutException {
        timeoutAt(when, CoroutineBody.of(body));
    }

    /** The same for a body that ends by itself elsewhere: see {@link TimeoutScope}. */
    public static TimeoutScope timeoutAt(Duration when) {
        return TimeoutScope.openAt(when);
    }

    /**
     * Waits for {@code stage}, at most for {@code limit}, and returns its result: asyncio's {@code wait_for}. When the
     * limit is over, the stage is cancelled and awaited. If it ends with a result all the same, that is returned.
     * {@link #shield} keeps a stage from being cancelled.
     *
     * @throws TimeoutException if the stage was cancelled since the limit was over
     * @throws IllegalArgumentException if it is a future of another loop
     * @throws IllegalStateException outside of a task, or if it is the current task
     */
    public static <T extends @Nullable Object> T waitFor(CompletionStage<? extends T> stage, Duration limit)
            throws TimeoutException {
        Objects.requireNonNull(limit, "limit");
        LoopFuture<T> future = wrapped(EventLoop.running(), stage);
        if (future.isDone()) {
            return Promises.outcome(future);
        }
        if (Promises.awaits(future, Here.requireCoroutine())) {
            throw CoreMisuse.awaitsItself();
        }
        return limit.isPositive()
                ? TimeoutScope.open(limit).around(future::await)
                : cancelAndWait(future, ScopeMisuse.timedOut(limit));
    }

    private static <T extends @Nullable Object> T cancelAndWait(LoopFuture<T> future, TimeoutException reason)
            throws TimeoutException {
        future.cancel(reason.getMessage());
        new Wait<>(Set.of(future), ReturnWhen.ALL_COMPLETED).run(null); // unlike await(), it leaves the future alone
        try {
            return Promises.outcome(future);
        } catch (CancellationException cancelled) {
            reason.initCause(cancelled);
            throw reason;
        }
    }
}
