package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/** What the core has to know of a command that was given to a view of the loop as an executor. */
public interface Command {

    /** Whether it is run again and again. */
    boolean isPeriodic();

    /** Whom it is charged to, where it waits or comes again. */
    @Nullable
    Owner owner();

    /** What it is at the time {@code now} of the loop. */
    PendingCall pending(long now);

    /** Its place among the commands of its view: by time, and then by the order in which they were given. */
    int compareWith(Command other);

    /** Cancels it, so that whoever waits for its view to end does not wait for it. */
    void withdraw();
}
