package dev.asyncloop.loop.snapshot;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.origin.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task was at one moment.
 *
 * @param number its place in the order in which its loop's tasks were created, from 1 on
 * @param creator the number of the task that created it; 0 if no task did
 * @param kind what kind of task it is
 * @param name its name, which may be empty
 * @param state what it was doing
 * @param owner who is charged with it; null without an account
 * @param created where it was created, from the first line of user code on
 * @param waiting where it was, from the first line of user code on; empty if it had not started
 */
public record TaskSnapshot(
        long number,
        long creator,
        TaskKind kind,
        String name,
        TaskState state,
        @Nullable Owner owner,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting) {

    /** A snapshot of {@code task}. Any thread. */
    public static TaskSnapshot of(Coroutine task) {
        return of(task, Activity.state(task), task.stackTrace());
    }

    /** A snapshot of a task that is about to fail. */
    public static TaskSnapshot failed(Coroutine task) {
        return of(task, TaskState.of(TaskState.Phase.FAILED), List.of());
    }

    private static TaskSnapshot of(Coroutine task, TaskState state, List<StackTraceElement> waiting) {
        return new TaskSnapshot(
                task.number(),
                task.creator(),
                TaskKind.of(task),
                task.name(),
                state,
                task.owner(),
                task.createdAt(),
                waiting);
    }

    /** What messages call it, such as {@code task "poll"}. */
    public String label() {
        return kind + " " + (name.isEmpty() ? "without a name" : '"' + name + '"');
    }

    /** Whether it may outlive the code that started it. */
    public boolean background() {
        return kind == TaskKind.BACKGROUND_TASK;
    }

    @Override
    public String toString() {
        return label() + " (" + state + ")"
                + DumpEntries.frame("created", created)
                + DumpEntries.frame("waiting", waiting);
    }
}
