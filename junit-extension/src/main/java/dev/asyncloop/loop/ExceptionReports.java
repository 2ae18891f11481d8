package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports failures that nobody can catch: to the loop's handler, or to the log. Any thread. */
final class ExceptionReports {

    /** How many tasks that are pending at close get a report of their own. */
    private static final int MOST_DESTROYED = 20;

    private final EventLoop loop;
    private volatile @Nullable ExceptionHandler handler;

    ExceptionReports(EventLoop loop) {
        this.loop = loop;
    }

    @Nullable
    ExceptionHandler handler() {
        return handler;
    }

    void setHandler(@Nullable ExceptionHandler handler) {
        this.handler = handler;
    }

    void report(ExceptionContext context) {
        Throwable exception = Objects.requireNonNull(context, "context").exception();
        if (exception != null) {
            loop.unretrieved().passedOn(exception);
        }
        ExceptionHandler custom = handler;
        if (custom == null) {
            logSafely(context, "Exception in default exception handler");
            return;
        }
        try {
            custom.handle(loop, context);
        } catch (Exception broken) {
            if (exception != null && exception != broken) {
                broken.addSuppressed(exception); // or its stack would be lost
            }
            logSafely(
                    new ExceptionContext("Unhandled error in exception handler", broken, context),
                    "Exception in default exception handler while handling an unexpected error in custom exception"
                            + " handler");
        }
    }

    /** Reports all of them, even if the handler throws an {@code Error} meanwhile. */
    void reportAll(List<ExceptionContext> contexts) {
        Error first = null;
        for (ExceptionContext context : contexts) {
            try {
                report(context);
            } catch (Error thrown) {
                if (first == null) {
                    first = thrown;
                } else if (first != thrown) {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** The reports of tasks that are pending when their loop is closed. */
    static List<ExceptionContext> destroyed(List<Task<?>> pending) {
        if (pending.isEmpty()) {
            return List.of();
        }
        List<Task<?>> destroyed = pending.stream()
                .filter(task -> task.coroutine().isDestroyedByClose())
                .toList();
        List<ExceptionContext> reports = new ArrayList<>();
        destroyed.stream()
                .limit(MOST_DESTROYED)
                .forEach(
                        task -> reports.add(new ExceptionContext("Task was destroyed but it is pending!", null, task)));
        if (destroyed.size() > MOST_DESTROYED) {
            int more = destroyed.size() - MOST_DESTROYED;
            reports.add(new ExceptionContext("Tasks were destroyed but they are pending: " + more + " more", null));
        }
        return reports;
    }

    private static void logSafely(ExceptionContext context, String otherwise) {
        try {
            log(context);
        } catch (Exception broken) { // the subject's toString, or somebody's log handler
            Log.quietly(Level.ERROR, otherwise, broken);
        }
    }

    /** asyncio's {@code default_exception_handler}. */
    static void log(ExceptionContext context) {
        Object subject = context.subject();
        String text = context.message() + (subject == null ? "" : "\n" + key(subject) + ": " + value(subject));
        Log.log(Level.ERROR, text + stack("Object created at", context.created()), context.exception());
    }

    private static String key(Object subject) {
        return switch (subject) {
            case Task<?> task -> "task";
            case TaskSnapshot task -> "task";
            case LoopFuture<?> future -> "future";
            case Callback handle -> "handle";
            case AsyncGenerator<?> generator -> "asyncgen";
            case ExceptionContext context -> "context";
            default -> "subject";
        };
    }

    private static String value(Object subject) {
        return subject instanceof TaskSnapshot task ? task.label() + " (" + task.state() + ")" : subject.toString();
    }

    /** A stack as lines of a message; empty for an empty stack. */
    static String stack(String heading, List<StackTraceElement> stack) {
        return stack.isEmpty()
                ? ""
                : stack.stream()
                        .map(frame -> "\n\tat " + frame)
                        .collect(Collectors.joining("", "\n" + heading + " (most recent call first):", ""));
    }
}
