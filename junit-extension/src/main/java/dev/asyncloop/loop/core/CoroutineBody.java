package dev.asyncloop.loop.core;

import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.ThrowingRunnable;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs the body of a coroutine on its thread, and completes the outcome with what the body ends with. */
public record CoroutineBody<T extends @Nullable Object>(Coroutine coroutine, Callable<? extends T> body)
        implements Runnable {

    /** {@code body} as one that returns null. */
    public static Callable<@Nullable Void> of(ThrowingRunnable body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            body.run();
            return null;
        };
    }

    @Override
    public void run() {
        if (!beginsAnyway() && coroutine.takeUnnoticedCancellation()) {
            coroutine.outcome().fail(new CancelledException(coroutine.cancelMessage()));
            return;
        }
        try {
            T result = body.call();
            if (coroutine.takeUnnoticedCancellation()) {
                coroutine
                        .outcome()
                        .fail(new CancelledException(
                                coroutine.cancelMessage())); // requested, and not noticed until the end
            } else {
                end(result);
            }
        } catch (Throwable failed) {
            coroutine.outcome().fail(isOwnInterruption(failed) ? cancelledBy(failed) : failed);
        }
    }

    @SuppressWarnings("unchecked") // the coroutine was made with the body
    private void end(T result) {
        ((Promise<T>) coroutine.outcome()).finish(result);
    }

    /**
     * Whether it runs even if it was cancelled before it began: the phases of a test must run, and the consumer of a
     * generator waits for the body.
     */
    private boolean beginsAnyway() {
        return coroutine.kind() == CoroutineKind.MAIN || coroutine.kind() == CoroutineKind.GENERATOR;
    }

    /** Whether {@code failure} is an interruption that counts as a cancellation: one caused it, or a request did. */
    private boolean isOwnInterruption(Throwable failure) {
        return isInterruption(failure)
                && (failure.getCause() instanceof CancelledException
                        || coroutine.cancellation().mayHaveInterrupted());
    }

    /**
     * Whether {@code failure} says that a blocking call of the JDK was interrupted. A call that does I/O closes its
     * channel and says only that.
     */
    public static boolean isInterruption(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return cause instanceof InterruptedException
                || cause instanceof ClosedByInterruptException
                || cause instanceof SocketException && Thread.currentThread().isInterrupted();
    }

    private CancelledException cancelledBy(Throwable interruption) {
        CancelledException cancelled = new CancelledException(coroutine.cancelMessage());
        cancelled.initCause(interruption);
        return cancelled;
    }
}
