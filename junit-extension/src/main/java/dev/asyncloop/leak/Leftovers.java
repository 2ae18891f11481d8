package dev.asyncloop.leak;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.GeneratorSnapshot;
import dev.asyncloop.loop.LoopSnapshot;
import dev.asyncloop.loop.Owner;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TaskSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What an owner has left on one loop: what a snapshot shows of it, and how to get rid of it. */
final class Leftovers {

    /** How long what is cancelled may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Turns in which what is ready may still end, before it is judged; as many as asyncio users are told to allow. */
    private static final int SETTLING_TURNS = 100;

    private static final String TASK_FIX = "await or cancel it, or start it with createBackgroundTask";
    private static final String THREAD_FIX = "wait for it, e.g. by closing its executor, or interrupt it";
    static final String HTTP_CLIENT_FIX = "close the HttpClient, e.g. with try-with-resources";
    private static final String GENERATOR_FIX = "iterate it to the end or close it, e.g. with try-with-resources";

    private final EventLoop loop;
    private final Owner owner;

    Leftovers(EventLoop loop, Owner owner) {
        this.loop = loop;
        this.owner = owner;
    }

    boolean isEmpty() {
        return tasks().isEmpty() && generators().isEmpty();
    }

    private List<Task<?>> tasks() {
        return loop.allTasks().stream().filter(task -> task.owner() == owner).toList();
    }

    private List<AsyncGenerator<?>> generators() {
        return loop.allGenerators().stream()
                .filter(generator -> generator.owner() == owner)
                .toList();
    }

    /** Runs what is ready, without waiting for anything. */
    void settle() {
        loop.runUntilComplete(() -> {
            for (int turn = 0; turn < SETTLING_TURNS && anyReady(); turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
        });
    }

    private boolean anyReady() {
        return tasks().stream().anyMatch(Task::isReady);
    }

    /** What counts as left behind now. */
    List<Leak> find() {
        LoopSnapshot snapshot = loop.snapshot();
        return Stream.concat(
                        snapshot.tasks().stream()
                                .filter(task -> task.owner() == owner && !task.background())
                                .map(Leftovers::leak),
                        snapshot.generators().stream()
                                .filter(generator -> generator.owner() == owner)
                                .map(Leftovers::leak))
                .toList();
    }

    private static Leak leak(TaskSnapshot task) {
        boolean ours = task.label().startsWith("task");
        return new Leak(
                LeakKind.PENDING_TASK,
                (ours ? "pending " : "") + task.label() + " (" + task.state() + ")",
                task.created(),
                task.waiting(),
                ours ? TASK_FIX : isSelectorOfHttpClient(task) ? HTTP_CLIENT_FIX : THREAD_FIX);
    }

    /** From JDK 26 on that is a virtual thread, and so it runs on the loop of the task that makes the client. */
    private static boolean isSelectorOfHttpClient(TaskSnapshot task) {
        return task.label().matches("virtual thread \"HttpClient-\\d+-SelectorManager\"");
    }

    private static Leak leak(GeneratorSnapshot generator) {
        return new Leak(
                LeakKind.UNFINISHED_GENERATOR,
                "unfinished async generator (" + generator.state() + ")",
                generator.created(),
                generator.waiting(),
                GENERATOR_FIX);
    }

    /** Closes the generators, cancels the tasks and those they start meanwhile; returns what did not end in time. */
    List<Task<?>> cancel() {
        long end = System.nanoTime() + GRACE.toNanos(); // real time, whatever the loop's clock says
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
