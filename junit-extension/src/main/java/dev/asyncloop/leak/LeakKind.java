package dev.asyncloop.leak;

/** What can be left behind. */
public enum LeakKind {
    /** A task that is not done, or a virtual thread that the code under test started and that has not ended. */
    PENDING_TASK("created"),
    /** An event loop that was created and not closed. */
    UNCLOSED_LOOP("created"),
    /** An async generator that was started, and neither finished nor closed. */
    UNFINISHED_GENERATOR("created"),
    /** A file, socket, pipe, selector or the like that was opened and not closed. */
    FILE_DESCRIPTOR("opened"),
    /** A file, channel or socket that nobody closed but the garbage collector. */
    GARBAGE_COLLECTED("opened");

    private final String origin;

    LeakKind(String origin) {
        this.origin = origin;
    }

    /** The word for how such a thing comes to be. */
    String origin() {
        return origin;
    }
}
