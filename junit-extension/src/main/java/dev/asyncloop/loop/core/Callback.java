package dev.asyncloop.loop.core;

import dev.asyncloop.loop.Handle;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A callback that was given to a loop. It belongs to the owner at work at that moment. Loop thread only, where a method
 * does not say otherwise.
 */
public sealed class Callback implements Step, Handle permits Timer {

    private final LoopCore core;
    private final @Nullable Owner owner;
    private final Runnable callback;

    /** Where it was given to the loop. Null where the loop keeps no stack: without a time, in debug mode only. */
    private final @Nullable CallStack created;

    /** Whether the user's code gave it to the loop to be called by itself. */
    private final boolean calledSoon;

    /** Written by whoever cancels it, read by any thread. */
    private volatile boolean cancelled;

    /** A callback of the loop itself, or one from another thread. Any thread. */
    public Callback(LoopCore core, Runnable callback) {
        this(core, core.currentOwner(), callback, stackForDebug(core), false);
    }

    Callback(LoopCore core, @Nullable Owner owner, Runnable callback, @Nullable CallStack created, boolean calledSoon) {
        this.core = core;
        this.owner = owner;
        this.callback = callback;
        this.created = created;
        this.calledSoon = calledSoon;
    }

    static @Nullable CallStack stackForDebug(LoopCore core) {
        return core.isDebug() ? CallStack.current() : null;
    }

    /** Who is charged with it. Null without an account, and where a class initialiser is known to have created it. */
    final @Nullable Owner owner() {
        return Origin.charged(owner, created);
    }

    /** Whether the user's code gave it to the loop to be called by itself. */
    boolean isUsers() {
        return calledSoon;
    }

    /** A snapshot of it, for a report of what was left behind. */
    PendingCall pending(long now) {
        return new PendingCall(PendingCall.Kind.CALLBACK, 0, 0, callback, true, false, 0, 0, createdAt());
    }

    /** Cancels it, and the command that it would start. */
    void withdraw() {
        cancel();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public final boolean isCancelled() {
        return cancelled;
    }

    /** Has the loop run it in the next turn. Any thread. */
    public final void enqueue() {
        core.enqueue(this);
    }

    /**
     * Runs the callback. An {@code Exception} is reported and the loop goes on; an {@code Error} leaves the run, as in
     * asyncio. The driver only.
     */
    final void run(Driver driver) {
        if (cancelled) {
            return;
        }
        driver.runsFor(owner);
        try {
            callback.run();
        } catch (Exception thrown) {
            core.host().callbackFailed(this, thrown);
        }
    }

    /** What the callback calls itself. The user's {@code toString} may throw; then it is the name of the class. */
    public final String name() {
        try {
            return String.valueOf(callback);
        } catch (RuntimeException broken) {
            return callback.getClass().getName();
        }
    }

    /** Where it was given to the loop, from the first line of user code on; empty if no stack was kept. Any thread. */
    public final List<StackTraceElement> createdAt() {
        return created == null ? List.of() : created.fromUserCode();
    }

    @Override
    public final String toString() {
        String type = this instanceof Timer ? "<TimerHandle" : "<Handle";
        List<StackTraceElement> from = createdAt();
        return type + (cancelled ? " cancelled " : " ") + name() + (from.isEmpty() ? "" : ", created at " + from.get(0))
                + ">";
    }
}
