package dev.asyncloop.leak.detect;

import java.util.List;

/** A search for the leftovers of one sort that one owner has. One thread. */
public interface Leftovers {

    /** What is there now. */
    List<Leftover> now();

    /** The same things, each with all its parts, and what is told by itself only if nothing else tells it. */
    default List<Leftover> whole(List<Leftover> left) {
        return left;
    }
}
