package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.Leak;

/**
 * A thing that an owner began and that is there at the end of its account: a platform thread, an executor, a process or
 * the like.
 */
public interface Leftover {

    /** The leftover as a leak. */
    Leak leak();

    /** Whether it may soon end by itself. */
    boolean mayEnd();

    /** Whether it may be garbage, which the collector has not found yet. */
    default boolean isPerhapsGarbage() {
        return false;
    }

    /** Whether {@code found} reports it already. */
    default boolean isPartOf(Leak found) {
        return false;
    }
}
