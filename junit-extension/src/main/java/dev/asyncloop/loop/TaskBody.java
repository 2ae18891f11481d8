package dev.asyncloop.loop;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What runs on the thread of a task: its body, whose end becomes the task's. */
record TaskBody<T extends @Nullable Object>(Task<T> task, Callable<? extends T> body) implements Runnable {

    @Override
    public void run() {
        if (!beginsAnyway() && task.takeUnnoticedCancellation()) {
            task.fail(new TaskCancelledException(task.cancelMessage()));
            return;
        }
        try {
            T result = body.call();
            if (task.takeUnnoticedCancellation()) {
                task.fail(new TaskCancelledException(task.cancelMessage())); // asked for, and not noticed until the end
            } else {
                task.finish(result);
            }
        } catch (Throwable failed) {
            task.fail(isOwnInterruption(failed) ? cancelledBy(failed) : failed);
        }
    }

    /** The phases of a test are called in any case, and the consumer of a generator waits for what its body does. */
    private boolean beginsAnyway() {
        return task.kind() == Task.Kind.MAIN || task.kind() == Task.Kind.GENERATOR;
    }

    /** Whether an interruption that leaves the body is a cancellation: it is caused by one, or by the request of one. */
    private boolean isOwnInterruption(Throwable failure) {
        return isInterruption(failure)
                && (failure.getCause() instanceof TaskCancelledException
                        || task.cancellation().mayHaveInterrupted());
    }

    /** Whether a blocking call of the JDK was interrupted; one that does I/O closes its channel and says only that. */
    static boolean isInterruption(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return cause instanceof InterruptedException
                || cause instanceof ClosedByInterruptException
                || cause instanceof SocketException && Thread.currentThread().isInterrupted();
    }

    private TaskCancelledException cancelledBy(Throwable interruption) {
        TaskCancelledException cancelled = new TaskCancelledException(task.cancelMessage());
        cancelled.initCause(interruption);
        return cancelled;
    }
}
