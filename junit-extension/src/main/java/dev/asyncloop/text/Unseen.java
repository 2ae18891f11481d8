package dev.asyncloop.text;

/** The words for what is not looked for where the JVM does not let asyncloop see it. */
public final class Unseen {

    /** What only the scheduler engine sees. */
    public static final String WITHOUT_SCHEDULER = "virtual threads that the code under test starts";

    /** What only hooks in the JDK see. */
    public static final String WITHOUT_AGENT =
            "platform threads, executors, child processes, class loaders, exceptions of tasks and threads, and who"
                    + " opened a file descriptor";

    /** What only hooks in kotlinx's coroutines see. */
    public static final String WITHOUT_COROUTINES = "coroutines that go on in kotlinx's dispatchers";

    /** What neither sees. */
    public static final String WITHOUT_BOTH = WITHOUT_SCHEDULER + ", " + WITHOUT_AGENT;

    private Unseen() {}
}
