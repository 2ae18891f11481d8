package dev.asyncloop.loop.core;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** In which order a loop runs what is ready in the same turn. Loop thread only. */
public interface Schedule {

    /** Puts the steps of one turn into the order in which they are to run. */
    void arrange(ArrayDeque<Step> turn);

    /** Makes the schedule of one loop. Immutable. */
    abstract class Source {

        /** For the orders of the loop only. */
        protected Source() {}

        /** Null where nothing is to be arranged. */
        protected abstract @Nullable Schedule start();

        /** What a dump of the loop says about it; null where it goes without saying. */
        protected abstract @Nullable String note();
    }
}
