package dev.asyncloop.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a task calls on the loop that runs it: asyncio's functions of the module.
 *
 * <p>All of it but {@code run} belongs in a task or callback of a loop, and throws {@link IllegalStateException} elsewhere.
 */
public final class Asyncio {

    private Asyncio() {}

    /**
     * Runs {@code body} on a loop of its own, on the calling thread, and returns its result: asyncio's {@code run}. Then what it left is
     * cancelled and waited for, and the loop closed; {@link Runner#close} says how. Any thread outside of a loop.
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
        if (EventLoop.runningOrNull() != null) {
            throw Misuse.runFromRunningLoop("asyncio.run()");
        }
        try (Runner runner = Runner.create(options)) {
            return runner.run(body);
        }
    }

    /** The same with a loop made as {@code options} say, for a body without a result. */
    public static void run(ThrowingRunnable body, LoopOptions options) {
        run(Runs.asCallable(body), options);
    }

    /**
     * Does {@code job} on a thread of the loop's default executor, and waits for its result while the loop runs on: asyncio's
     * {@code to_thread}. What the job throws is thrown itself. When the task is cancelled meanwhile, a job that did not begin is cancelled
     * too; one that runs goes on, and its result is dropped.
     */
    public static <T extends @Nullable Object> T toThread(Callable<? extends T> job) {
        EventLoop loop = EventLoop.running();
        requireTask();
        LoopFuture<T> result = loop.runInExecutor(job);
        return result.await();
    }

    /** The same for a job without a result. */
    public static void toThread(ThrowingRunnable job) {
        toThread(Runs.asCallable(job));
    }

    /** The task that runs now, null in a callback. */
    public static @Nullable Task<?> currentTask() {
        return EventLoop.running().driver().current();
    }

    static @Nullable Task<?> currentTaskOrNull() {
        EventLoop loop = EventLoop.runningOrNull();
        return loop == null ? null : loop.driver().current();
    }

    /** The task that is to wait. */
    static Task<?> requireTask() {
        Task<?> task = currentTaskOrNull();
        if (task == null) {
            throw Misuse.awaitOutsideOfTask();
        }
        return task;
    }

    /** Every task of the running loop that is not done. */
    public static List<Task<?>> allTasks() {
        return EventLoop.running().allTasks();
    }

    /** Suspends the task for {@code delay} on the loop's clock; for none, or a negative one, by exactly one turn. */
    public static void sleep(Duration delay) {
        EventLoop loop = EventLoop.running();
        if (delay.isZero() || delay.isNegative()) {
            yieldOnce();
        } else {
            new SleepFuture(loop, delay).sleep();
        }
    }

    private static void yieldOnce() {
        Task<?> task = requireTask();
        task.loop().engine().yield(task);
        if (Thread.interrupted()) {
            throw new TaskCancelledException(task.cancelMessage());
        }
    }

    /** Waits for a stage of any library as for a {@link LoopFuture}: see {@link LoopFuture#await()}. */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return EventLoop.running().wrap(stage).await();
    }

    /**
     * A future of the results of {@code stages}, in their order, while they all run at once.
     *
     * <p>The first that fails is what it fails with; the others run on. Cancelling it cancels them all.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> LoopFuture<List<T>> gather(CompletionStage<? extends T>... stages) {
        return gather(List.of(stages));
    }

    /** The same for a list. */
    public static <T extends @Nullable Object> LoopFuture<List<T>> gather(
            List<? extends CompletionStage<? extends T>> stages) {
        EventLoop loop = EventLoop.running();
        List<LoopFuture<? extends T>> futures =
                stages.stream().<LoopFuture<? extends T>>map(loop::wrap).toList();
        return new GatheringFuture<>(loop, futures);
    }
}
