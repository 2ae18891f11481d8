package dev.asyncloop.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task was at one moment.
 *
 * @param label how messages call it, such as {@code task "poll"}
 * @param state what it was doing, such as {@code suspended in sleep, 5 s left}
 * @param background whether it may outlive the code that started it
 * @param owner whom it is charged to, null where nobody keeps account
 * @param created where it was created, from the first line of user code on
 * @param waiting where it was, from the first line of user code on; empty if it had not started
 */
public record TaskSnapshot(
        String label,
        String state,
        boolean background,
        @Nullable Owner owner,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting) {

    static TaskSnapshot of(Task<?> task) {
        return new TaskSnapshot(
                task.label(),
                Activity.of(task),
                task.isBackground(),
                task.owner(),
                task.createdAt(),
                task.stackTrace());
    }

    @Override
    public String toString() {
        return label + " (" + state + ")"
                + LoopSnapshot.line("created", created)
                + LoopSnapshot.line("waiting", waiting);
    }
}
