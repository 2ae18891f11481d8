package dev.asyncloop.loop.groups;

import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Promises;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences of task groups, time-outs and waits, asyncio's own where it has one. */
public final class ScopeMisuse {

    private ScopeMisuse() {}

    static IllegalStateException noParent() {
        return new IllegalStateException("TaskGroup <TaskGroup> cannot determine the parent task");
    }

    static IllegalStateException finished(TaskGroup group) {
        return new IllegalStateException("TaskGroup " + group + " is finished");
    }

    static IllegalStateException shuttingDown(TaskGroup group) {
        return new IllegalStateException("TaskGroup " + group + " is shutting down");
    }

    static IllegalStateException notJoined(List<Task<?>> cutOff) {
        return new IllegalStateException("TaskGroup was closed with unfinished tasks, which were cancelled: "
                + cutOff.stream().map(Promises::label).collect(Collectors.joining(", "))
                + "; call join() to wait for them, or cancel() before");
    }

    static String failedTask(Task<?> task, Throwable failure) {
        return Promises.label(task) + " of its TaskGroup failed: " + failure;
    }

    static String parentIsDone(Task<?> task, Coroutine parent) {
        return "Task " + task + " has errored out but its parent task " + parent + " is already completed";
    }

    static IllegalStateException timeoutOutsideOfTask() {
        return new IllegalStateException("Timeout should be used inside a task");
    }

    static IllegalStateException timeoutIs(String state) {
        return new IllegalStateException("Cannot change state of " + state + " Timeout");
    }

    static IllegalStateException otherTask(Object scope, Coroutine owner) {
        return new IllegalStateException(
                scope + " belongs to " + owner.label() + "; only the task that opened it can wait for it or close it");
    }

    static IllegalArgumentException nothingToWaitFor() {
        return new IllegalArgumentException("Set of Tasks/Futures is empty.");
    }

    /** The time is over. */
    public static TimeoutException timedOut(@Nullable Duration limit) {
        return new TimeoutException("timed out" + (limit == null ? "" : " after " + text(limit)));
    }

    /** In whole seconds where they are, else in milliseconds, rounded up. */
    private static String text(Duration limit) {
        long nanos = Math.max(0, Nanos.of(limit));
        long millis = nanos / 1_000_000 + (nanos % 1_000_000 == 0 ? 0 : 1);
        return millis > 0 && millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
