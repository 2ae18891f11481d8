package dev.asyncloop.leak.detect;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.ExceptionContext;
import dev.asyncloop.loop.HandleSnapshot;
import dev.asyncloop.loop.LoopSnapshot;
import dev.asyncloop.loop.Task;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one owner on one loop. All that an account asks of the inside of a loop goes through here. On the
 * thread that runs the loop, or on any while none does.
 */
record LoopView(EventLoop loop, Owner owner) {

    /**
     * The open loops that {@code owner} made, but for {@code own}. That one is not asked for its owner: to know it, a loop
     * reads the stack that created it, which takes longer than all the rest. Any thread.
     */
    static List<EventLoop> loopsOf(Owner owner, @Nullable EventLoop own) {
        List<EventLoop> loops = new ArrayList<>();
        for (EventLoop loop : EventLoop.allLoops()) {
            if (loop != own && loop.owner() == owner) {
                loops.add(loop);
            }
        }
        return loops;
    }

    /** The tasks that are not done. */
    List<Task<?>> tasks() {
        return loop.allTasks().stream().filter(task -> task.owner() == owner).toList();
    }

    /** The generators that are started, and neither finished nor closed. */
    List<AsyncGenerator<?>> generators() {
        return loop.allGenerators().stream()
                .filter(generator -> generator.owner() == owner)
                .toList();
    }

    boolean isEmpty() {
        return tasks().isEmpty()
                && generators().isEmpty()
                && !loop.hasReadyHandles(owner)
                && handles().isEmpty();
    }

    /** Whether anything of it runs in the next turn. */
    boolean isAnyReady() {
        return tasks().stream().anyMatch(Task::isReady) || loop.hasReadyHandles(owner);
    }

    /** Whether a thread is over, and only prints what it ended by. */
    boolean isAnyDying() {
        return tasks().stream().anyMatch(Task::isDying);
    }

    /** The callbacks, timers and commands that are still to run. */
    List<HandleSnapshot> handles() {
        return loop.handles(owner);
    }

    void cancelHandles(Predicate<HandleSnapshot> which) {
        loop.cancelHandles(owner, which);
    }

    /** What its tasks failed with and nobody looked at; each once. */
    List<ExceptionContext> takeFailures() {
        return loop.takeFailures(owner);
    }

    /** All of the loop, also what is others'. */
    LoopSnapshot snapshot() {
        return loop.snapshot();
    }

    /** Has the thread stop that runs the loop, if there is one; false where it does not in time. */
    boolean stop(Duration limit) {
        if (loop.isRunning()) {
            loop.callSoonThreadsafe(loop::stop);
        }
        return loop.awaitStopped(limit);
    }
}
