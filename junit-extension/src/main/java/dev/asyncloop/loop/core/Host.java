package dev.asyncloop.loop.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the core asks of the facade above it: to make the user's objects, and to find the words. Any thread. */
public interface Host {

    /** The future of what {@code coroutine} ends with: the task that the user sees. */
    Promise<?> outcomeOf(Coroutine coroutine);

    /** A new future that somebody else completes. */
    <T extends @Nullable Object> Promise<T> createFuture();

    /** Starts a task as the user's code would, by its task factory; {@code name} is null where it is to be numbered. */
    <T extends @Nullable Object> Promise<T> createTask(
            @Nullable String name, boolean background, Callable<? extends T> body);

    /** A callback threw. */
    void callbackFailed(Callback callback, Exception thrown);

    /** Tells the exception handler what nobody can catch. */
    void report(String message, @Nullable Throwable thrown, @Nullable Object subject);

    /** Keeps what tasks failed with until somebody has looked at it. */
    UnseenFailures unseen();

    /** Reports those of them whose tasks nobody has any more, by and by. */
    void lookForUnseen();

    /** What {@code coroutine} is doing now, in words. */
    String describe(Coroutine coroutine);

    /** The same in a few of them. */
    String describeState(Coroutine coroutine);

    /** What the loop is doing now, in words. */
    String dump();

    /** The run was interrupted when {@code dump} was drawn, and the body told to end. */
    InterruptedException interrupted(String dump);

    /** The body did not end within {@code seconds} of its interruption. */
    InterruptedException givenUp(long seconds, String dump);

    /** A run that would not end by itself is ended: the {@code StuckLoopException} of the user. */
    RuntimeException stuck(String reason, String ending, String dump, StackTraceElement[] where);

    /** A coroutine woke up after its loop was closed, and goes on by itself, as {@code number} others of this JVM did. */
    void outlivesItsLoop(Coroutine coroutine, long number);
}
