package dev.asyncloop.loop.groups;

import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TaskGroup;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences of task groups, time-outs and waits, asyncio's own where it has one. */
public final class ScopeMisuse {

    private ScopeMisuse() {}

    public static IllegalStateException noParent() {
        return new IllegalStateException("TaskGroup <TaskGroup> cannot determine the parent task");
    }

    public static IllegalStateException finished(TaskGroup group) {
        return new IllegalStateException("TaskGroup " + group + " is finished");
    }

    public static IllegalStateException shuttingDown(TaskGroup group) {
        return new IllegalStateException("TaskGroup " + group + " is shutting down");
    }

    public static IllegalStateException notJoined(List<Task<?>> cutOff) {
        return new IllegalStateException("TaskGroup was closed with unfinished tasks, which were cancelled: "
                + cutOff.stream().map(Promises::label).collect(Collectors.joining(", "))
                + "; call join() to wait for them, or cancel() before");
    }

    public static String failedTask(Task<?> task, Throwable failure) {
        return Promises.label(task) + " of its TaskGroup failed: " + failure;
    }

    public static String parentIsDone(Task<?> task, Coroutine parent) {
        return "Task " + task + " has errored out but its parent task " + parent + " is already completed";
    }

    public static IllegalStateException timeoutOutsideOfTask() {
        return new IllegalStateException("Timeout should be used inside a task");
    }

    public static IllegalStateException timeoutIs(String state) {
        return new IllegalStateException("Cannot change state of " + state + " Timeout");
    }

    public static IllegalStateException otherTask(Object scope, Coroutine owner) {
        return new IllegalStateException(
                scope + " belongs to " + owner.label() + "; only the task that opened it can wait for it or close it");
    }

    public static IllegalArgumentException nothingToWaitFor() {
        return new IllegalArgumentException("Set of Tasks/Futures is empty.");
    }

    /** Thrown when the time is over. */
    public static TimeoutException timedOut(@Nullable Duration limit) {
        return new TimeoutException("timed out" + (limit == null ? "" : " after " + Words.inSecondsOrMillis(limit)));
    }
}
