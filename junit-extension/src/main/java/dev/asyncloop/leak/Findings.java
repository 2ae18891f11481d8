package dev.asyncloop.leak;

import dev.asyncloop.loop.ExceptionContext;
import dev.asyncloop.loop.GeneratorSnapshot;
import dev.asyncloop.loop.HandleSnapshot;
import dev.asyncloop.loop.TaskKind;
import dev.asyncloop.loop.TaskSnapshot;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.Objects;

/** What is said of each thing that is left on a loop. */
final class Findings {

    private static final String TASK_FIX = "await or cancel it, or start it with createBackgroundTask";
    private static final String THREAD_FIX = "wait for it, e.g. by closing its executor, or interrupt it";
    static final String HTTP_CLIENT_FIX = "close the HttpClient, e.g. with try-with-resources";
    private static final String GENERATOR_FIX = "iterate it to the end or close it, e.g. with try-with-resources";
    private static final String TIMER_FIX = "cancel its handle, or wait until it is due";
    private static final String COMMAND_FIX = "cancel its future, or shut its executor down with shutdownNow";
    private static final String ENDLESS_FIX =
            "let it end, e.g. when the test says so, or start a background task instead";
    private static final String EXCEPTION_FIX = "await the task and expect the exception, or handle it in the task";

    private static final String UNCAUGHT_FIX =
            "catch it in the thread, or hand it to the test, e.g. by a future; or set a handler for uncaught"
                    + " exceptions";

    private Findings() {}

    static Leak of(TaskSnapshot task) {
        boolean ours = task.kind() == TaskKind.TASK;
        return new Leak(
                LeakKind.PENDING_TASK,
                (ours ? "pending " : "") + task.label() + " (" + task.state() + ")",
                task.created(),
                task.waiting(),
                ours ? TASK_FIX : isSelectorOfHttpClient(task) ? HTTP_CLIENT_FIX : THREAD_FIX);
    }

    /** From JDK 26 on that is a virtual thread, and so it runs on the loop of the task that makes the client. */
    private static boolean isSelectorOfHttpClient(TaskSnapshot task) {
        return task.kind() == TaskKind.VIRTUAL_THREAD && task.name().matches("HttpClient-\\d+-SelectorManager");
    }

    static Leak of(GeneratorSnapshot generator) {
        return new Leak(
                LeakKind.UNFINISHED_GENERATOR,
                "unfinished async generator (" + generator.state() + ")",
                generator.created(),
                generator.waiting(),
                GENERATOR_FIX);
    }

    static Leak pending(HandleSnapshot timer) {
        return new Leak(
                LeakKind.PENDING_TIMER,
                "pending " + timer,
                timer.created(),
                List.of(),
                timer.kind().isCommand() ? COMMAND_FIX : TIMER_FIX);
    }

    static Leak endless(HandleSnapshot handle) {
        return new Leak(
                LeakKind.PENDING_TIMER,
                handle.kind() + " that goes on scheduling itself, " + handle.callback(),
                handle.created(),
                List.of(),
                ENDLESS_FIX);
    }

    /** {@code failure} is of a task, with an exception. */
    static Leak of(ExceptionContext failure) {
        TaskSnapshot task = (TaskSnapshot) Objects.requireNonNull(failure.subject());
        Throwable thrown = Objects.requireNonNull(failure.exception());
        return new Leak(
                        LeakKind.TASK_EXCEPTION,
                        "exception of " + task.label() + " that nobody looked at (" + said(thrown) + ")",
                        task.created(),
                        CallStack.userCode(List.of(thrown.getStackTrace())),
                        EXCEPTION_FIX)
                .causedBy(thrown);
    }

    static Leak uncaught(Thread thread, List<StackTraceElement> started, Throwable thrown) {
        return new Leak(
                        LeakKind.UNCAUGHT_EXCEPTION,
                        "uncaught exception of " + (thread.isVirtual() ? "virtual thread " : "thread ")
                                + (thread.getName().isEmpty() ? "without a name" : '"' + thread.getName() + '"')
                                + " (" + said(thrown) + ")",
                        started,
                        CallStack.userCode(List.of(thrown.getStackTrace())),
                        UNCAUGHT_FIX)
                .causedBy(thrown);
    }

    /** Its class and the first line of what it says: assertions say many. */
    private static String said(Throwable thrown) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            return (message == null ? "" : message)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .map(line -> type + ": " + line.strip())
                    .orElse(type);
        } catch (RuntimeException broken) { // the user's own getMessage
            return type;
        }
    }
}
