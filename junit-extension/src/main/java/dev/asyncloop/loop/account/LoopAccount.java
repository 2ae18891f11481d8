package dev.asyncloop.loop.account;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.ExceptionContext;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.core.Moment;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one owner has on one loop. {@link EventLoop#account} makes one.
 *
 * <p>Loop thread only, where a method does not say otherwise.
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

    /**
     * Whether a virtual thread of the owner has thrown, and is just telling its handler for uncaught exceptions. Any
     * thread.
     */
    boolean hasDying();

    /**
     * The callbacks of the owner's code that have neither run nor been cancelled: first periodic commands, then timers,
     * then callbacks. They came by {@code callLater}, {@code callAt} or {@code callSoon}, or with a delay by a view of
     * the loop as an executor.
     */
    List<HandleSnapshot> handles();

    /** Cancels those of {@link #handles} that {@code which} accepts. */
    void cancelHandles(Predicate<HandleSnapshot> which);

    /**
     * Takes the failures of the owner's tasks that nobody has looked at, in the order in which they failed. They are
     * not reported later. A failure that somebody may have looked at unnoticed is left. Any thread.
     */
    List<ExceptionContext> takeFailures();

    /** A coroutine for the owner's phases. {@code options} say how long each phase may take. */
    MainTask mainTask(String name, LoopOptions options);

    /** The platform thread that made the loop, outside of any loop; null if none did, or it is gone. Any thread. */
    @Nullable
    Thread maker();

    /** Stops the thread that runs the loop, if there is one; false if it did not stop in time. Another thread only. */
    boolean stop(Duration limit);

    /**
     * Waits until no thread runs the loop, at most for {@code limit}. Returns whether none does. Another thread only.
     */
    boolean awaitStopped(Duration limit);

    /**
     * Takes the loop from the thread that runs it, if a task keeps that thread busy. The task is given up: it goes on
     * by itself. Returns whether no thread runs the loop now. Another thread only, which nobody competes with.
     */
    boolean takeAway();

    /**
     * Sets who is called when something is scheduled while no thread runs the loop; null for nobody. The listener is
     * called on the thread that schedules, and must neither throw nor block. Any thread.
     */
    void setIdleListener(@Nullable Runnable listener);

    /**
     * {@code thread} is about to be interrupted. Returns what the loop is doing now, which is what a run on that thread
     * will show. Any thread.
     */
    Moment announceInterruption(Thread thread);

    /** What a run throws that was interrupted at {@code moment}. Any thread. */
    InterruptedException interrupted(Moment moment);
}
