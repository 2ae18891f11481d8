package dev.asyncloop.leak.holders;

import dev.asyncloop.leak.Leak;

/**
 * A platform thread, an executor, a process or the like that an owner began, and that is there at the end of its
 * account.
 */
public interface Leftover {

    /** It, as a leak. */
    Leak leak();

    /** Whether it could end by itself, soon. */
    boolean mayEnd();

    /** Whether the garbage collector could take it. */
    default boolean isPerhapsGarbage() {
        return false;
    }

    /** Whether that leak says all there is to say of it. */
    default boolean isPartOf(Leak found) {
        return false;
    }
}
