package dev.asyncloop.loop;

import dev.asyncloop.origin.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task was at one moment.
 *
 * @param number its place in the order in which its loop's tasks were created, from 1 on
 * @param creator the number of the task that created it, 0 where that was none
 * @param label how messages call it, such as {@code task "poll"}
 * @param state what it was doing, such as {@code suspended in sleep, 5 s left}
 * @param background whether it may outlive the code that started it
 * @param owner whom it is charged to, null where nobody keeps account
 * @param created where it was created, from the first line of user code on
 * @param waiting where it was, from the first line of user code on; empty if it had not started
 */
public record TaskSnapshot(
        long number,
        long creator,
        String label,
        String state,
        boolean background,
        @Nullable Owner owner,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting) {

    static TaskSnapshot of(Task<?> task) {
        return of(task, Activity.of(task), task.stackTrace());
    }

    /** Of one that is about to fail. */
    static TaskSnapshot failed(Task<?> task) {
        return of(task, "failed", List.of());
    }

    private static TaskSnapshot of(Task<?> task, String state, List<StackTraceElement> waiting) {
        return new TaskSnapshot(
                task.coroutine().number(),
                task.coroutine().creator(),
                task.coroutine().label(),
                state,
                task.isBackground(),
                task.coroutine().owner(),
                task.createdAt(),
                waiting);
    }

    @Override
    public String toString() {
        return label + " (" + state + ")"
                + LoopSnapshot.line("created", created)
                + LoopSnapshot.line("waiting", waiting);
    }
}
