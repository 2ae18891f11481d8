package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/** A command of a view of the loop as an executor, as far as the core knows it. */
public interface Command {

    /** Whether it is run again and again. */
    boolean isPeriodic();

    /** Who is charged with it; null for a command that neither waits nor comes again. */
    @Nullable
    Owner owner();

    /** A snapshot of it at the time {@code now} of the loop, in nanoseconds. */
    PendingCall pending(long now);

    /** Orders the commands of a view by time, and those of one time by when they were given. */
    int compareWith(Command other);

    /** Cancels it. Its view need not wait for it before it terminates. */
    void withdraw();
}
