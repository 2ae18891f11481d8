package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.registers.Charged;
import java.util.Collection;
import java.util.List;

/**
 * A thing of the process that an owner opened or began, and that is there at the end of its account: a file descriptor,
 * a platform thread, an executor, a process or the like. One thread.
 */
public interface Leftover {

    /** The leftover as a leak. */
    Leak leak();

    /** What stays the same while the thing is there. It does not keep the thing. */
    Object identity();

    /** Whether it is still there. */
    boolean isThere();

    /** Whether it may soon end by itself. */
    boolean mayEnd();

    /** Whether only time, of which a tenth of a second is enough, can tell if it is there. */
    default boolean isUncertain() {
        return false;
    }

    /** How long it may take to end, in milliseconds. */
    default long patience() {
        return Patience.MILLIS;
    }

    /** Whether it may be garbage, which the collector has not found yet. */
    default boolean isPerhapsGarbage() {
        return false;
    }

    /** Whether {@code found} reports it already. */
    default boolean isPartOf(Leak found) {
        return false;
    }

    /** Notes that it is told, and returns whether it was not told before. */
    default boolean tell() {
        return true;
    }

    /** The objects and the numbers of descriptors that it is made of, if anybody may hold it. */
    default Collection<?> parts() {
        return List.of();
    }

    /** Whether the garbage collector has ended it, and nobody else. */
    default boolean wasCollected() {
        return false;
    }

    /** Whether its object is gone already, so that nobody can end it any more. */
    default boolean isUnreachable() {
        return false;
    }

    /** Whether it is a thing by itself, and no part of one. */
    default boolean isWhole() {
        return true;
    }

    /** Whether it ends when its holder is closed. */
    default boolean endsWithItsHolder() {
        return true;
    }

    /** What says whose it is. */
    default Collection<? extends Charged> charged() {
        return List.of();
    }
}
