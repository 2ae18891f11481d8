package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.account.AllDone;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a loop so that nothing is left behind, in asyncio's order: tasks, generators, executor, loop.
 *
 * <p>Each task is cancelled once. While it ends, it may start others and wait for them. These are cancelled only when
 * it is done, in the next wave.
 */
final class Shutdown {

    /** How long to wait for the threads of the default executor; as long as asyncio's runner. */
    static final Duration EXECUTOR_LIMIT = Duration.ofSeconds(300);

    private final EventLoop loop;
    private final Duration grace;

    /** The tasks that were cancelled. */
    private final Set<Task<?>> asked = new HashSet<>();

    private @Nullable Throwable failure;

    Shutdown(EventLoop loop, Duration grace) {
        this.loop = loop;
        this.grace = grace;
    }

    /** Does all steps, while the loop does not run. */
    void run() {
        boolean interrupted = Thread.interrupted(); // it came before, and is not meant for this
        step(this::endTasks);
        step(this::closeGenerators);
        step(this::shutDownExecutor);
        step(this::endTasks); // those that the bodies of generators started
        step(this::reportStubborn);
        step(loop::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw Sneaky.rethrow(failure);
        }
    }

    private void step(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            } else {
                failure.addSuppressed(thrown);
            }
        }
    }

    private void endTasks() {
        long end = graceEnd();
        List<Task<?>> wave = ask();
        while (!wave.isEmpty() && await(wave, end)) {
            wave = ask();
        }
        List<Task<?>> late = ask(); // perhaps the ones that the others waited for
        if (!late.isEmpty()) {
            await(late, graceEnd());
        }
    }

    /** The end of a grace period from now on, in real time, whatever the loop's clock says. */
    private long graceEnd() {
        return System.nanoTime() + Nanos.of(grace);
    }

    private List<Task<?>> left() {
        return loop.allTasks().stream()
                .filter(task -> !task.coroutine().isForGood())
                .toList();
    }

    /** Cancels the tasks that were not cancelled before, and returns them. */
    private List<Task<?>> ask() {
        List<Task<?>> wave = left().stream().filter(asked::add).toList();
        for (Task<?> task : wave) {
            task.addDoneCallback(done -> report(done));
            task.cancel(null);
        }
        return wave;
    }

    /** Runs the loop until the futures are done or the time is over; returns whether they are done. */
    private boolean await(List<? extends LoopFuture<?>> futures, long end) {
        return AllDone.await(loop, futures, end);
    }

    private void closeGenerators() {
        LoopFuture<@Nullable Void> closing = loop.shutdownAsyncGenerators();
        if (!closing.isDone()) {
            await(List.of(closing), graceEnd()); // what takes longer is a task like others, and is cancelled next
        }
    }

    private void shutDownExecutor() {
        if (loop.jobs().hasExecutor()) {
            loop.runUntilComplete(() -> loop.shutdownDefaultExecutor(EXECUTOR_LIMIT));
        }
    }

    private void report(LoopFuture<?> ended) {
        if (ended.isCompletedExceptionally() && !ended.isCancelled()) {
            loop.callExceptionHandler(new ExceptionContext(
                    "unhandled exception during asyncio.run() shutdown", Promises.failure(ended), ended));
        }
    }

    private void reportStubborn() {
        List<Task<?>> stubborn = left();
        if (stubborn.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(stubborn.size() == 1 ? "1 task" : stubborn.size() + " tasks")
                .append(" did not end when cancelled at the end of a runner, whose loop is closed without them");
        int number = 1;
        for (Task<?> task : stubborn) {
            task.coroutine().mayStayPending(); // this message says so, and more
            text.append("\n  ").append(number++).append(". ").append(TaskSnapshot.of(task.coroutine()));
            task.stackTrace().stream()
                    .skip(1) // the snapshot shows the first
                    .forEach(frame -> text.append("\n                ").append(frame));
        }
        Log.quietly(Level.WARNING, text.toString(), null);
    }
}
