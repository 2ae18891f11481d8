package dev.asyncloop.loop;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import java.time.Duration;
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

    /** That of a callback is taken in debug mode only. */
    private final @Nullable CallStack created;

    /** Whether it was given to {@link EventLoop#callSoon}. */
    private final boolean calledSoon;

    Handle(EventLoop loop, Runnable callback) {
        this(loop, loop.currentOwner(), callback, stackForDebug(loop));
    }

    Handle(EventLoop loop, @Nullable Owner owner, Runnable callback, @Nullable CallStack created) {
        this(loop, owner, callback, created, false);
    }

    private Handle(
            EventLoop loop, @Nullable Owner owner, Runnable callback, @Nullable CallStack created, boolean calledSoon) {
        this.loop = loop;
        this.owner = owner;
        this.callback = callback;
        this.created = created;
        this.calledSoon = calledSoon;
    }

    /** For {@link EventLoop#callSoon} on the loop's own thread. */
    static Handle calledSoon(EventLoop loop, Runnable callback) {
        return new Handle(loop, loop.driver().currentOwner(), callback, stackForDebug(loop), true);
    }

    static @Nullable CallStack stackForDebug(EventLoop loop) {
        return loop.isDebug() ? CallStack.current() : null;
    }

    /** Whom it is charged to; null where nobody keeps account, or where a class initialiser is known to have created it. */
    final @Nullable Owner owner() {
        return owner != null && created != null && created.isInClassInitialiser() ? null : owner;
    }

    /** Whether the user's code gave it to the loop to be called by itself. */
    boolean isUsers() {
        return calledSoon;
    }

    HandleSnapshot snapshot(long now) {
        return new HandleSnapshot(
                HandleKind.CALLBACK,
                Duration.ZERO,
                Duration.ZERO,
                Words.callback(callback),
                true,
                false,
                0,
                0,
                createdAt());
    }

    /** Cancels it for good, with what it stands for. */
    void withdraw() {
        cancel();
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

    /** Where it was given to the loop, from the first line of user code on; empty where that was not noted. Any thread. */
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
