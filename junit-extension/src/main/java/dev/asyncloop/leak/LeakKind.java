package dev.asyncloop.leak;

import java.util.Locale;

/** What can be left behind. */
public enum LeakKind {
    /** A task that is not done, or a virtual thread that the code under test started and that has not ended. */
    PENDING_TASK("created"),
    /** An event loop that was created and not closed. */
    UNCLOSED_LOOP("created"),
    /** An async generator that was started, and neither finished nor closed. */
    UNFINISHED_GENERATOR("created"),
    /** A timer, or a delayed or periodic command of an executor view, that is not due; or a callback that goes on scheduling itself. */
    PENDING_TIMER("created"),
    /** What a task failed with and nobody looked at. */
    TASK_EXCEPTION("created", "thrown"),
    /** A file, socket, pipe, selector or the like that was opened and not closed. */
    FILE_DESCRIPTOR("opened");

    private final String origin;
    private final String place;

    LeakKind(String origin) {
        this(origin, "waiting");
    }

    LeakKind(String origin, String place) {
        this.origin = origin;
        this.place = place;
    }

    /** The word for how such a thing comes to be. */
    String origin() {
        return origin;
    }

    /** The word for where such a thing was found. */
    String place() {
        return place;
    }

    /** So many of the kind, in words. */
    String count(int number) {
        String one = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return number + " " + one + (number == 1 ? "" : one.endsWith("s") ? "es" : "s");
    }
}
