package dev.asyncloop.loop;

import dev.asyncloop.jdk.CallStack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A callback that was given to a loop, to cancel it by.
 *
 * <p>asyncio's {@code Handle}. Loop thread only, as everything that does not say otherwise.
 */
public sealed class Handle implements Step permits TimerHandle {

    private final EventLoop loop;
    private final @Nullable Owner owner;
    private final Runnable callback;
    private volatile boolean cancelled;

    /** Taken in debug mode only. */
    private final @Nullable CallStack created;

    Handle(EventLoop loop, Runnable callback) {
        this(loop, loop.currentOwner(), callback);
    }

    Handle(EventLoop loop, @Nullable Owner owner, Runnable callback) {
        this.loop = loop;
        this.owner = owner;
        this.callback = callback;
        this.created = loop.isDebug() ? CallStack.current() : null;
    }

    /** Keeps the callback from running. Does nothing once it ran. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether {@link #cancel} was called. Any thread. */
    public final boolean isCancelled() {
        return cancelled;
    }

    /** Any thread. */
    final void enqueue() {
        loop.enqueue(this);
    }

    /** An {@code Exception} is reported and the loop goes on; an {@code Error} leaves the run, as in asyncio. */
    @Override
    public final void step() {
        if (cancelled) {
            return;
        }
        loop.driver().runsFor(owner);
        try {
            callback.run();
        } catch (Exception thrown) {
            loop.callExceptionHandler(new ExceptionContext("Exception in callback " + name(), thrown, this));
        }
    }

    /** What the callback calls itself, which may fail as any code of the user. */
    private String name() {
        try {
            return String.valueOf(callback);
        } catch (RuntimeException broken) {
            return callback.getClass().getName();
        }
    }

    /** Where it was given to the loop, from the first line of user code on; empty unless in debug mode. Any thread. */
    List<StackTraceElement> createdAt() {
        return created == null ? List.of() : created.fromUserCode();
    }

    @Override
    public final String toString() {
        String from = createdAt().stream()
                .findFirst()
                .map(line -> ", created at " + line)
                .orElse("");
        return "<" + getClass().getSimpleName() + (cancelled ? " cancelled " : " ") + name() + from + ">";
    }
}
