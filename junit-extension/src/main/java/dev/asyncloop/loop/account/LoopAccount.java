package dev.asyncloop.loop.account;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.ExceptionContext;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one owner has on one loop, for whoever keeps its account; {@link EventLoop#account} makes one.
 *
 * <p>Loop thread only, where it does not say otherwise.
 */
public interface LoopAccount {

    /** The loop. Any thread. */
    EventLoop loop();

    /** Whose account it is. Any thread. */
    Owner owner();

    /** The tasks that are not done, background tasks included, in the order of creation. Any thread; a snapshot. */
    List<Task<?>> tasks();

    /** The started generators whose bodies have not ended. Any thread; a snapshot. */
    List<AsyncGenerator<?>> generators();

    /** Whether the owner has nothing on the loop. */
    boolean isEmpty();

    /** Whether a task or a callback of the owner, or any timer, runs in the next turn. */
    boolean hasReady();

    /** Whether a virtual thread of the owner has ended with an exception, and just tells its handler. Any thread. */
    boolean hasDying();

    /**
     * What the owner's code gave to {@code callLater}, {@code callAt}, {@code callSoon} or, with a delay, to a view of
     * the loop as an executor, and what neither ran nor was cancelled: periodic commands, timers, callbacks.
     */
    List<HandleSnapshot> handles();

    /** Cancels those of {@link #handles} that {@code which} accepts. */
    void cancelHandles(Predicate<HandleSnapshot> which);

    /**
     * Takes what tasks of the owner failed with and nobody looked at, in the order in which they failed, so that it is
     * not reported later. What somebody may have looked at unnoticed is left. Any thread.
     */
    List<ExceptionContext> takeFailures();

    /** A coroutine for the phases of the owner, each of which may take as long as {@code options} say. */
    MainTask mainTask(String name, LoopOptions options);

    /**
     * Has the thread stop that runs the loop, if there is one; false where it does not in time. Another thread only.
     */
    boolean stop(Duration limit);

    /** Waits until no thread runs the loop, at most for {@code limit}; says whether that is so. Another thread only. */
    boolean awaitStopped(Duration limit);

    /**
     * Sets who is told when something is to run while no thread runs the loop, null for nobody. The listener is called
     * on the thread that schedules, and must neither throw nor block. Any thread.
     */
    void setIdleListener(@Nullable Runnable listener);

    /** What every task of the loop does now and who waits for whom, as text. Any thread. */
    String dump();
}
