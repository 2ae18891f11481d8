package dev.asyncloop.loop.snapshot;

import dev.asyncloop.loop.core.PendingCall;
import dev.asyncloop.text.Words;
import java.time.Duration;
import java.util.List;

/**
 * What a callback or timer of the user's code was at one moment.
 *
 * @param kind what it is
 * @param due how long until it is called, on the loop's clock; zero or less if it is due
 * @param period how long until it comes again; zero if it does not
 * @param callback the name of the callback for messages, such as {@code a lambda in OrderTests}
 * @param ready whether it runs in the next turn, for the last time
 * @param background whether a background task created it
 * @param creator the number of the task that created it, as in its {@link TaskSnapshot}; 0 if unknown
 * @param run the number of the task in which it runs now; 0 if it does not run
 * @param created where it was created, from the first line of user code on; empty if unknown
 */
public record HandleSnapshot(
        HandleKind kind,
        Duration due,
        Duration period,
        String callback,
        boolean ready,
        boolean background,
        long creator,
        long run,
        List<StackTraceElement> created) {

    /** A snapshot of {@code call}. */
    public static HandleSnapshot of(PendingCall call) {
        return new HandleSnapshot(
                HandleKind.of(call.kind()),
                Duration.ofNanos(call.dueIn()),
                Duration.ofNanos(Math.abs(call.period())),
                Words.callback(call.callback()),
                call.ready(),
                call.background(),
                call.creator(),
                call.run(),
                call.created());
    }

    /** When it is called, in words, such as {@code due in 5 min}. */
    public String when() {
        return period.isZero() ? dueInWords() : "every " + Words.of(period) + ", next " + nextInWords();
    }

    private String nextInWords() {
        return run == 0 ? dueInWords() : "after this run";
    }

    private String dueInWords() {
        return due.isPositive() ? "due in " + Words.roundedUp(due.toNanos()) : "due now";
    }

    /** Its kind, when it is called, and the name of the callback. */
    @Override
    public String toString() {
        return kind + ", " + when() + ", of " + callback;
    }
}
