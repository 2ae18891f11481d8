package dev.asyncloop.leak;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be left behind. */
public enum LeakKind {
    /** A task that is not done, or a virtual thread that the code under test started and that has not ended. */
    PENDING_TASK("created", LeakMode.FAIL),
    /** An event loop that was created and not closed. */
    UNCLOSED_LOOP("created", LeakMode.FAIL),
    /** An async generator that was started, and neither finished nor closed. */
    UNFINISHED_GENERATOR("created", LeakMode.FAIL),
    /** A timer, or a delayed or periodic command of an executor view, that is not due; or a callback that goes on scheduling itself. */
    PENDING_TIMER("created", LeakMode.FAIL),
    /** What a task failed with and nobody looked at. */
    TASK_EXCEPTION("created", "thrown", LeakMode.FAIL),
    /** What a thread ended by, since nobody caught it or had set a handler. */
    UNCAUGHT_EXCEPTION("started", "thrown", LeakMode.FAIL),
    /** A file, socket, pipe, selector or the like that was opened and not closed. */
    FILE_DESCRIPTOR("opened", LeakMode.FAIL),
    /** A file, channel or socket that nobody closed but the garbage collector. */
    GARBAGE_COLLECTED("opened", LeakMode.WARN),
    /** A platform thread that was started and has not ended, on its own or as that of a timer or of an {@code HttpClient}. */
    PLATFORM_THREAD("started", LeakMode.WARN),
    /** An executor that was not shut down, with all its threads. */
    EXECUTOR("created", LeakMode.WARN),
    /** A process that was started and has not ended. */
    CHILD_PROCESS("started", LeakMode.WARN),
    /** What a {@link LeakDetector} of somebody else has found. */
    OTHER("created", LeakMode.FAIL);

    private final String origin;
    private final String place;
    private final LeakMode defaultMode;

    LeakKind(String origin, LeakMode defaultMode) {
        this(origin, "waiting", defaultMode);
    }

    LeakKind(String origin, String place, LeakMode defaultMode) {
        this.origin = origin;
        this.place = place;
        this.defaultMode = defaultMode;
    }

    /** What becomes of it where nobody says anything else. */
    public LeakMode defaultMode() {
        return defaultMode;
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

    /** The one of that name in configuration; empty where there is none. */
    static Optional<LeakKind> named(String name) {
        return Stream.of(values()).filter(kind -> kind.toString().equals(name)).findFirst();
    }

    /** Its name in configuration, such as {@code pending-task}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
