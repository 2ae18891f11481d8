package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.Traced;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody can catch, as an {@link ExceptionHandler} is told of it.
 *
 * <p>asyncio's context dictionary. Test the subject with {@code instanceof}: more kinds of subject may come.
 *
 * @param message what happened, in words
 * @param exception what was thrown; null if nothing was
 * @param subject what it is about: a {@link Task}, {@link LoopFuture}, {@link Handle} or async generator; a
 *     {@link TaskSnapshot} where the task itself may be gone; whatever a caller of
 *     {@link EventLoop#callExceptionHandler} names; or null
 */
public record ExceptionContext(
        String message,
        @Nullable Throwable exception,
        @Nullable Object subject) {

    /** Checks that there is a message. */
    public ExceptionContext {
        Objects.requireNonNull(message, "message");
    }

    /** A failure without a subject. */
    public ExceptionContext(String message, @Nullable Throwable exception) {
        this(message, exception, null);
    }

    /**
     * Where the subject was created, from the first line of user code on: asyncio's {@code source_traceback}. Empty if
     * that is unknown. For a callback it is known only if the loop was in debug mode when it got the callback.
     */
    public List<StackTraceElement> created() {
        return switch (subject) {
            case Task<?> task -> task.createdAt();
            case TaskSnapshot task -> task.created();
            case Callback handle -> handle.createdAt();
            case Traced thing -> Traced.createdAt(thing);
            case null, default -> List.of();
        };
    }
}
