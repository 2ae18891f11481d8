package dev.asyncloop.loop.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the core asks of the facade above it: to make the user's objects, and to find the words. Any thread. */
public interface Host {

    /** Makes the future of what {@code coroutine} ends with: the task that the user sees. */
    Promise<?> outcomeOf(Coroutine coroutine);

    /** A new future that somebody else completes. */
    <T extends @Nullable Object> Promise<T> createFuture();

    /** Starts a task as the user's code would, by its task factory; {@code name} is null where it is to be numbered. */
    <T extends @Nullable Object> Promise<T> createTask(
            @Nullable String name, boolean background, Callable<? extends T> body);

    /** A callback threw. */
    void callbackFailed(Callback callback, Exception thrown);

    /** Tells the exception handler of a failure that nobody can catch. */
    void report(String message, @Nullable Throwable thrown, @Nullable Object subject);

    /** The failures of tasks that nobody has looked at. */
    UnseenFailures unseen();

    /** Has those failures reported soon whose tasks were garbage-collected. */
    void lookForUnseen();

    /** What {@code coroutine} is doing now, in words. */
    String describe(Coroutine coroutine);

    /** What the loop is doing now, in words. */
    String dump();

    /** What a run throws that was interrupted at that moment, after its body was told to end. */
    InterruptedException interrupted(Moment moment);

    /** What a run throws that was interrupted at that moment, if its body did not end within {@code seconds}. */
    InterruptedException givenUp(long seconds, Moment moment);

    /** The {@code StuckLoopException} of a run that would not end by itself. */
    RuntimeException stuck(String reason, String ending, String dump, StackTraceElement[] where);

    /** Says that a coroutine goes on after its loop was closed, as number {@code number} in this JVM. */
    void outlivesItsLoop(Coroutine coroutine, long number);
}
