package dev.asyncloop.loop;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a timer or a delayed command of the user's code comes from, for whoever finds it left behind.
 *
 * @param callback what is to be called, as the user gave it
 * @param command the command of an executor view that it belongs to, null where there is none
 * @param charged to whom it is charged, before a look at where it was created
 * @param creator the number of the task that created it, 0 where that was none
 * @param background whether a background task created it
 * @param created the stack, null where nobody will ask
 */
record Origin(
        Object callback,
        @Nullable LoopCommand<?> command,
        @Nullable Owner charged,
        long creator,
        boolean background,
        @Nullable CallStack created) {

    /** Any thread. */
    static Origin of(EventLoop loop, Object callback, @Nullable LoopCommand<?> command) {
        Task<?> creator = loop.isLoopThread() ? loop.driver().current() : null;
        return new Origin(
                callback,
                command,
                loop.currentOwner(),
                creator == null ? 0 : creator.number(),
                creator != null && creator.isBackground(),
                loop.keepsOrigins() ? CallStack.current() : null);
    }

    /** Null also where a class initialiser created it. */
    @Nullable
    Owner owner() {
        return charged != null && created != null && created.isInClassInitialiser() ? null : charged;
    }

    /** What it is now; times in nanoseconds. */
    HandleSnapshot snapshot(HandleKind kind, long due, long period, boolean ready, long run) {
        return new HandleSnapshot(
                kind,
                Duration.ofNanos(due),
                Duration.ofNanos(period),
                Words.callback(callback),
                ready,
                background,
                creator,
                run,
                created == null ? List.of() : created.fromUserCode());
    }
}
