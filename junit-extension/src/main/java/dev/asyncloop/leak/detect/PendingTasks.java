package dev.asyncloop.leak.detect;

import dev.asyncloop.jdk.HttpClients;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ClientFix;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.loop.snapshot.TaskState;
import org.jspecify.annotations.Nullable;

/** Finds the tasks that are not done, virtual threads included. The leak of a command comes before that of its task. */
public final class PendingTasks implements Detector {

    private static final String FIX = "await or cancel it, or start it with createBackgroundTask";
    private static final String DEAF_FIX = "let it heed its interruption: it keeps a thread of its own";
    private static final String THREAD_FIX = "wait for it, e.g. by closing its executor, or interrupt it";

    @Override
    public void find(Closing closing) {
        find(closing.ownLoop().pending(), closing);
    }

    /** Finds those of one loop. */
    static void find(Pending pending, Closing closing) {
        for (TaskSnapshot task : pending.tasks()) {
            Leak above = pending.leakOf(task.creator());
            HandleSnapshot command = pending.commandIn(task);
            if (command != null) { // the command began the task
                above = PendingTimers.leak(command, pending.leakOf(command.creator()));
                closing.add(above);
            }
            Leak leak = leak(task, above);
            pending.leaked(task, leak);
            closing.add(leak);
        }
    }

    /** The leak of a task that is not done, below the leak of what made it. */
    public static Leak leak(TaskSnapshot task, @Nullable Leak above) {
        return new Leak(
                LeakKind.PENDING_TASK,
                new Subject.Task(task.kind(), task.name(), task.state()),
                task.created(),
                task.waiting(),
                fix(task),
                above,
                null);
    }

    private static String fix(TaskSnapshot task) {
        return switch (task.kind()) {
            case TASK, BACKGROUND_TASK -> task.state().phase() == TaskState.Phase.RUNNING ? DEAF_FIX : FIX;
            case VIRTUAL_THREAD ->
                HttpClients.isNameOfSelector(task.name()) // virtual from JDK 26 on
                        ? ClientFix.ofHttpClient(task.created())
                        : ClientFix.of(task.created()).orElse(THREAD_FIX);
        };
    }
}
