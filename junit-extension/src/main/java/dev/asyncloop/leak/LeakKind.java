package dev.asyncloop.leak;

import java.util.Locale;

/** The sort of a leak, by which leaks are configured. */
public enum LeakKind {
    /** A task that is not done, or a virtual thread that the code under test started and that has not ended. */
    PENDING_TASK(LeakMode.FAIL),
    /** An event loop that was created and not closed. */
    UNCLOSED_LOOP(LeakMode.FAIL),
    /** An async generator that was started, and neither finished nor closed. */
    UNFINISHED_GENERATOR(LeakMode.FAIL),
    /**
     * A timer, or a delayed or periodic command of an executor view, that is not due; or a callback that goes on
     * scheduling itself.
     */
    PENDING_TIMER(LeakMode.FAIL),
    /** The exception of a failed task, or of a job in an executor, that nobody looked at. */
    TASK_EXCEPTION(LeakMode.FAIL),
    /** The exception that ended a thread and was neither caught nor given to a handler. */
    UNCAUGHT_EXCEPTION(LeakMode.FAIL),
    /** A file, socket, pipe, selector or the like that was opened and not closed. */
    FILE_DESCRIPTOR(LeakMode.FAIL),
    /** A file, channel or socket that only the garbage collector closed. */
    GARBAGE_COLLECTED(LeakMode.WARN),
    /**
     * A platform thread that was started and has not ended: one by itself, or that of a timer or of an
     * {@code HttpClient}.
     */
    PLATFORM_THREAD(LeakMode.WARN),
    /** An executor that was not shut down, with all its threads, or that a delayed command keeps alive. */
    EXECUTOR(LeakMode.WARN),
    /** A job that was given to an executor, and that runs or waits there. */
    PENDING_JOB(LeakMode.WARN),
    /** A process that was started and has not ended. */
    CHILD_PROCESS(LeakMode.WARN),
    /**
     * Something else that has to be closed or removed: a shutdown hook, a shared arena, a JFR recording, a JMX connector
     * server.
     */
    RESOURCE(LeakMode.WARN),
    /** A leak that a {@link LeakDetector} of somebody else has found. */
    OTHER(LeakMode.FAIL);

    private final LeakMode defaultMode;

    LeakKind(LeakMode defaultMode) {
        this.defaultMode = defaultMode;
    }

    /** The mode of leaks of this kind, unless something else is configured. */
    public LeakMode defaultMode() {
        return defaultMode;
    }

    /** The name in configuration, such as {@code pending-task}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
