package dev.asyncloop.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a task calls on the loop that runs it: asyncio's functions of the module.
 *
 * <p>All of it belongs in a task or callback of a loop, and throws {@link IllegalStateException} elsewhere.
 */
public final class Asyncio {

    private Asyncio() {}

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
