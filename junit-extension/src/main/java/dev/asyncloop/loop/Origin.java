package dev.asyncloop.loop;

import dev.asyncloop.jdk.CallStack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a timer or a delayed command of the user's code comes from, for whoever finds it left behind.
 *
 * @param callback what is to be called, as the user gave it
 * @param command the command of an executor view that the timer starts, null where it is none
 * @param creator the number of the task that created it, 0 where that was none
 * @param background whether a background task created it
 * @param created the stack, null where nobody will ask
 */
record Origin(
        Object callback,
        @Nullable LoopCommand<?> command,
        long creator,
        boolean background,
        @Nullable CallStack created) {

    /** Any thread. */
    static Origin of(EventLoop loop, Object callback, @Nullable LoopCommand<?> command) {
        Task<?> creator = loop.isLoopThread() ? loop.driver().current() : null;
        return new Origin(
                callback,
                command,
                creator == null ? 0 : creator.number(),
                creator != null && creator.isBackground(),
                loop.keepsOrigins() ? CallStack.current() : null);
    }

    /** A timer of it that is due in so many nanoseconds. */
    HandleSnapshot snapshot(long left) {
        boolean comesAgain = command != null && command.isPeriodic();
        String due = left <= 0 ? "due now" : "due in " + Words.roundedUp(left);
        return new HandleSnapshot(
                command == null ? "timer" : comesAgain ? "periodic command" : "delayed command",
                command != null && comesAgain ? "every " + command.describePeriod() + ", next " + due : due,
                Words.callback(callback),
                left <= 0 && !comesAgain, // a periodic one counts as waiting also where it is due
                background,
                creator,
                created == null ? List.of() : created.fromUserCode());
    }
}
