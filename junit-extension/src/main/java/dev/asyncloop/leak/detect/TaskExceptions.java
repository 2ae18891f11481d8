package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.ExceptionContext;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.Objects;

/** Finds the exceptions of failed tasks that nobody looked at. */
public final class TaskExceptions implements Detector {

    private static final String FIX = "await the task and expect the exception, or handle it in the task";

    @Override
    public void find(Closing closing) {
        for (ExceptionContext failure : closing.ownLoop().account().takeFailures()) {
            if (!closing.account().seen().contain(failure.exception())) {
                closing.add(leak(failure));
            }
        }
    }

    /** The leak of {@code failure}, which is of a task and has an exception. */
    private static Leak leak(ExceptionContext failure) {
        TaskSnapshot task = (TaskSnapshot) Objects.requireNonNull(failure.subject());
        Throwable thrown = Objects.requireNonNull(failure.exception());
        return new Leak(
                LeakKind.TASK_EXCEPTION,
                new Subject.TaskFailure(task.kind(), task.name(), SeenFailures.said(thrown)),
                task.created(),
                CallStack.userCode(List.of(thrown.getStackTrace())),
                FIX,
                null,
                thrown);
    }
}
