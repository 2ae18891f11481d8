package dev.asyncloop.leak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.HandleSnapshot;
import dev.asyncloop.loop.LoopSnapshot;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TaskSnapshot;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an owner has left on one loop: what a snapshot shows of it, and how to get rid of it. */
final class Leftovers {

    /** How long what is cancelled may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Turns in which what is ready may still end, before it is judged; as many as asyncio users are told to allow. */
    static final int SETTLING_TURNS = 100;

    private static final int DYING_MILLIS = 500;

    private final EventLoop loop;
    private final Owner owner;

    Leftovers(EventLoop loop, Owner owner) {
        this.loop = loop;
        this.owner = owner;
    }

    boolean isEmpty() {
        return tasks().isEmpty()
                && generators().isEmpty()
                && !loop.hasReadyHandles(owner)
                && loop.handles(owner).isEmpty();
    }

    private List<Task<?>> tasks() {
        return loop.allTasks().stream().filter(task -> task.owner() == owner).toList();
    }

    private List<AsyncGenerator<?>> generators() {
        return loop.allGenerators().stream()
                .filter(generator -> generator.owner() == owner)
                .toList();
    }

    /** Runs what is ready, without waiting for anything but a thread that is over, and prints why: others may hold the output. */
    void settle() {
        loop.runUntilComplete(() -> {
            for (int turn = 0; turn < SETTLING_TURNS && anyReady(); turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
        });
        for (int millis = 0; millis < DYING_MILLIS && tasks().stream().anyMatch(Task::isDying); millis++) {
            pause(loop, 1);
        }
    }

    /** Lets real time pass, with the loop running. */
    static void pause(EventLoop loop, long millis) {
        loop.runUntilComplete(realTime(millis));
    }

    /** Is done after so much real time: it is not the loop's, and virtual time stands still for it. */
    static CompletableFuture<@Nullable Void> realTime(long millis) {
        return new CompletableFuture<@Nullable Void>().completeOnTimeout(null, millis, MILLISECONDS);
    }

    private boolean anyReady() {
        return tasks().stream().anyMatch(Task::isReady) || loop.hasReadyHandles(owner);
    }

    /** What counts as left behind now: tasks, and then what may hang below them. */
    List<Leak> find() {
        LoopSnapshot snapshot = loop.snapshot();
        List<HandleSnapshot> handles = loop.handles(owner).stream()
                .filter(handle -> !handle.ready() && !handle.background())
                .toList();
        Map<Long, HandleSnapshot> runs = new HashMap<>();
        handles.forEach(handle -> runs.put(handle.run(), handle));
        List<Leak> found = new ArrayList<>();
        Map<Long, Leak> byNumber = new HashMap<>();
        for (TaskSnapshot task : snapshot.tasks()) {
            if (task.owner() == owner && !task.background()) {
                Leak above = byNumber.get(task.creator());
                if (runs.get(task.number()) instanceof HandleSnapshot command) { // which began it
                    above = Findings.pending(command).below(byNumber.get(command.creator()));
                    found.add(above);
                }
                Leak leak = Findings.of(task).below(above);
                byNumber.put(task.number(), leak);
                found.add(leak);
            }
        }
        snapshot.generators().stream()
                .filter(generator -> generator.owner() == owner)
                .map(generator -> Findings.of(generator).below(byNumber.get(generator.creator())))
                .forEach(found::add);
        handles.stream()
                .filter(handle -> handle.run() == 0)
                .map(timer -> Findings.pending(timer).below(byNumber.get(timer.creator())))
                .forEach(found::add);
        return found;
    }

    /** The callbacks that are still to run after all that could have scheduled them has ended. */
    List<Leak> findEndless() {
        if (loop.handles(owner).isEmpty()) {
            return List.of();
        }
        settle();
        return loop.handles(owner).stream()
                .filter(HandleSnapshot::ready)
                .map(Findings::endless)
                .toList();
    }

    /** Cancels callbacks and timers, so that nothing of them happens in what comes next on the loop. */
    void cancelHandles() {
        loop.cancelHandles(owner, handle -> true);
    }

    /** Closes the generators, cancels the tasks and those they start meanwhile; returns what did not end in time. */
    List<Task<?>> cancel() {
        long end = System.nanoTime() + GRACE.toNanos(); // real time, whatever the loop's clock says
        loop.cancelHandles(owner, handle -> !handle.ready());
        List<Task<?>> closing = generators().stream()
                .<Task<?>>map(generator -> loop.createTask("close " + generator, () -> closeQuietly(generator)))
                .toList();
        waitFor(closing, end);
        closing.forEach(task -> task.cancel("left behind by " + owner));
        while (true) {
            List<Task<?>> left = tasks();
            left.forEach(task -> task.cancel("left behind by " + owner));
            if (!waitFor(left, end)) {
                return left.stream().filter(task -> !task.isDone()).toList();
            }
        }
    }

    /** Runs the loop until the tasks are done or the time is over; false where there is nothing to wait for any more. */
    private boolean waitFor(List<Task<?>> tasks, long end) {
        Duration time = Duration.ofNanos(end - System.nanoTime());
        if (tasks.isEmpty() || !time.isPositive()) {
            return false;
        }
        loop.runUntilComplete(new AllDone(loop, tasks, time).future());
        return true;
    }

    /** What a generator's {@code finally} throws is its own affair: that it was left is what gets reported. */
    private static void closeQuietly(AsyncGenerator<?> generator) {
        try {
            generator.close();
        } catch (Throwable ignored) {
            // see above
        }
    }
}
