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

        /** Starts a schedule for one loop; null if the loop keeps the order as it is. */
        protected abstract @Nullable Schedule start();

        /** What a dump of the loop says about the order; null for nothing. */
        protected abstract @Nullable String note();
    }
}
