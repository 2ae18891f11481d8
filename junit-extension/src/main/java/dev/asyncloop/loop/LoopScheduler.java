package dev.asyncloop.loop;

import dev.asyncloop.jdk.LoopThreads;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of a loop's virtual threads: the JDK gives it each piece of a thread that can run, the loop runs it in turn.
 *
 * <p>Each task has its own, so that its pieces find it without a search. What the task starts inherits the scheduler, and is
 * looked up.
 *
 * <p>{@link #execute} never refuses: a refusal would surface in whoever wakes the thread, which may be the JDK's own
 * poller. It never blocks either, since it may be called on a pinned virtual thread.
 */
final class LoopScheduler implements Executor {

    private final EventLoop loop;
    private final @Nullable Task<?> task;

    LoopScheduler(EventLoop loop, @Nullable Task<?> task) {
        this.loop = loop;
        this.task = task;
    }

    EventLoop loop() {
        return loop;
    }

    /** The task on {@code thread}, which has this scheduler; null where that has ended. Any thread. */
    @Nullable
    Task<?> taskOn(Thread thread) {
        Task<?> own = task;
        return own == null || own.thread() != thread
                ? loop.register().adoptedOrNull(thread)
                : thread.isAlive() ? own : null;
    }

    /** Any thread. The first call for a thread is made by whoever starts it, on that one's stack. */
    @Override
    public void execute(Runnable continuation) {
        Thread thread = LoopThreads.threadOf(continuation);
        Task<?> own = task;
        Task<?> continued =
                own != null && own.thread() == thread ? own : loop.register().adopted(thread);
        continued.queue(continuation);
        loop.enqueue(continued);
    }
}
