package dev.asyncloop.loop.core;

import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.ThrowingRunnable;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What runs on the thread of a coroutine: its body, whose end becomes that of its outcome. */
public record CoroutineBody<T extends @Nullable Object>(Coroutine coroutine, Callable<? extends T> body)
        implements Runnable {

    /** A body without a result as one that has none. */
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
                                coroutine.cancelMessage())); // asked for, and not noticed until the end
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

    /** The phases of a test are called in any case, and the consumer of a generator waits for what its body does. */
    private boolean beginsAnyway() {
        return coroutine.kind() == CoroutineKind.MAIN || coroutine.kind() == CoroutineKind.GENERATOR;
    }

    /** Whether an interruption that leaves the body is a cancellation: it is caused by one, or by the request of one. */
    private boolean isOwnInterruption(Throwable failure) {
        return isInterruption(failure)
                && (failure.getCause() instanceof CancelledException
                        || coroutine.cancellation().mayHaveInterrupted());
    }

    /** Whether a blocking call of the JDK was interrupted; one that does I/O closes its channel and says only that. */
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
