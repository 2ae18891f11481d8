package dev.asyncloop.loop;

import dev.asyncloop.jdk.LoopThreads;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of a loop's virtual threads: the JDK gives it each piece of a thread that can run, the loop runs it in turn.
 *
 * <p>{@link #execute} never refuses: a refusal would surface in whoever wakes the thread, which may be the JDK's own
 * poller. It never blocks either, since it may be called on a pinned virtual thread.
 */
record LoopScheduler(EventLoop loop) implements Executor {

    /** The loop whose virtual thread {@code thread} is, null where it is none. */
    static @Nullable EventLoop loopOf(Thread thread) {
        return thread.isVirtual() && LoopThreads.schedulerOf(thread) instanceof LoopScheduler scheduler
                ? scheduler.loop
                : null;
    }

    /** Any thread. The first call for a thread is made by whoever starts it, on that one's stack. */
    @Override
    public void execute(Runnable continuation) {
        Task<?> task = loop.register().taskOf(LoopThreads.threadOf(continuation));
        task.queue(continuation);
        loop.enqueue(task);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
