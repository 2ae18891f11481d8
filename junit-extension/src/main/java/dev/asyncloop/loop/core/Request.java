package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user's code asked a loop to do at a certain time, for whoever finds it left behind.
 *
 * @param callback what is to be called, as the user gave it
 * @param command the command of an executor view that it belongs to; null if there is none
 * @param charged the owner at work when it was made, whether or not a class initialiser made it
 * @param creator the number of the task that created it; 0 if no task did
 * @param background whether a background task created it
 * @param created the stack of that moment; null if nobody will ask
 */
public record Request(
        Object callback,
        @Nullable Command command,
        @Nullable Owner charged,
        long creator,
        boolean background,
        @Nullable CallStack created) {

    /** The request that the current thread makes now. Any thread. */
    public static Request of(LoopCore core, Object callback, @Nullable Command command) {
        Coroutine creator = core.isLoopThread() ? core.current() : null;
        return new Request(
                callback,
                command,
                core.currentOwner(),
                creator == null ? 0 : creator.number(),
                creator != null && creator.isBackground(),
                core.keepsStacks() ? CallStack.current() : null);
    }

    /** Who is charged with it; null without an account, and where a class initialiser created it. */
    public @Nullable Owner owner() {
        return Origin.charged(charged, created);
    }

    /** A snapshot of it. */
    public PendingCall pending(PendingCall.Kind kind, long period, long dueIn, boolean ready, long run) {
        List<StackTraceElement> where = created == null ? List.of() : created.fromUserCode();
        return new PendingCall(kind, period, dueIn, callback, ready, background, creator, run, where);
    }
}
