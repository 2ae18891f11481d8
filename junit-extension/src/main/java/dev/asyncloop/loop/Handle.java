package dev.asyncloop.loop;

import java.lang.System.Logger.Level;
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

    Handle(EventLoop loop, Runnable callback) {
        this(loop, loop.currentOwner(), callback);
    }

    Handle(EventLoop loop, @Nullable Owner owner, Runnable callback) {
        this.loop = loop;
        this.owner = owner;
        this.callback = callback;
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
            System.getLogger("dev.asyncloop").log(Level.ERROR, "Exception in callback " + callback, thrown);
        }
    }
}
