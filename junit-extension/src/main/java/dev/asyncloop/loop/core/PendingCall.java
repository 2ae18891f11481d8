package dev.asyncloop.loop.core;

import java.util.List;

/**
 * A snapshot of a callback, a timer or a command that the user's code gave to a loop.
 *
 * @param period nanoseconds between its runs, 0 where it runs once
 * @param dueIn nanoseconds until it is called; zero or less where it is due
 * @param callback what is to be called, as the user gave it
 * @param ready whether it runs in the next turn, for the last time
 * @param background whether a background task created it
 * @param creator the number of the task that created it; 0 if unknown
 * @param run the number of the task in which it runs now; 0 if it does not run
 * @param created where it was created, from the first line of user code on; empty if unknown
 */
public record PendingCall(
        Kind kind,
        long period,
        long dueIn,
        Object callback,
        boolean ready,
        boolean background,
        long creator,
        long run,
        List<StackTraceElement> created) {

    /** What was given to the loop. */
    public enum Kind {
        /** To be called in the next turn. */
        CALLBACK,
        /** To be called at a certain time. */
        TIMER,
        /** Given, with a delay, to a view of the loop as an executor. */
        DELAYED_COMMAND,
        /** Given to such a view to be run again and again. */
        PERIODIC_COMMAND
    }
}
