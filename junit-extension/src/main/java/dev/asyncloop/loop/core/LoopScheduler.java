package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.LoopThreads;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of a loop's virtual threads: the JDK gives it each piece of a thread that can run, the loop runs it in
 * turn.
 *
 * <p>Each task has a scheduler of its own, so that the task of a piece is found without a search. Threads that the task
 * starts inherit the scheduler; they are looked up.
 *
 * <p>{@link #execute} never refuses: a refusal would surface in whoever wakes the thread, which may be the JDK's own
 * poller. It never blocks either, since it may be called on a pinned virtual thread.
 */
final class LoopScheduler implements Executor {

    private final LoopCore core;
    private final @Nullable Coroutine coroutine;

    LoopScheduler(LoopCore core, @Nullable Coroutine coroutine) {
        this.core = core;
        this.coroutine = coroutine;
    }

    LoopCore core() {
        return core;
    }

    /** The coroutine on {@code thread}, which has this scheduler; null once the thread has ended. Any thread. */
    @Nullable
    Coroutine coroutineOn(Thread thread) {
        Coroutine own = coroutine;
        return own == null || own.thread() != thread
                ? core.register().adoptedOrNull(thread)
                : thread.isAlive() ? own : null;
    }

    /** Any thread. The first call for a thread comes from the thread that starts it. */
    @Override
    public void execute(Runnable continuation) {
        Thread thread = LoopThreads.threadOf(continuation);
        Coroutine own = coroutine;
        Coroutine continued =
                own != null && own.thread() == thread ? own : core.register().adopted(thread);
        continued.queue(continuation);
        core.enqueue(continued);
    }
}
