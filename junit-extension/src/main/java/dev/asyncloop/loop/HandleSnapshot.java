package dev.asyncloop.loop;

import dev.asyncloop.loop.core.PendingCall;
import dev.asyncloop.text.Words;
import java.time.Duration;
import java.util.List;

/**
 * What a callback or timer was at one moment that the user's code gave to a loop.
 *
 * @param kind what it is: {@code callback}, {@code timer}, {@code delayed command} or {@code periodic command}
 * @param due when it is called, such as {@code due in 5 min}
 * @param callback what messages call what is called, such as {@code a lambda in OrderTests}
 * @param ready whether it is to run in the next turn, and will not come again by itself
 * @param background whether a background task created it
 * @param creator the number of the task that created it, as in its {@link TaskSnapshot}; 0 where that is not known
 * @param run the number of the task in which it runs now, 0 where it does not
 * @param created where it was created, from the first line of user code on; empty where that is not known
 */
public record HandleSnapshot(
        String kind,
        String due,
        String callback,
        boolean ready,
        boolean background,
        long creator,
        long run,
        List<StackTraceElement> created) {

    static HandleSnapshot of(PendingCall call) {
        return new HandleSnapshot(
                switch (call.kind()) {
                    case CALLBACK -> "callback";
                    case TIMER -> "timer";
                    case DELAYED_COMMAND -> "delayed command";
                    case PERIODIC_COMMAND -> "periodic command";
                },
                due(call),
                Words.callback(call.callback()),
                call.ready(),
                call.background(),
                call.creator(),
                call.run(),
                call.created());
    }

    private static String due(PendingCall call) {
        String due = call.dueIn() <= 0 ? "due now" : "due in " + Words.roundedUp(call.dueIn());
        return call.period() == 0
                ? due
                : "every " + Words.of(Duration.ofNanos(Math.abs(call.period()))) + ", next "
                        + (call.run() == 0 ? due : "after this run");
    }
}
