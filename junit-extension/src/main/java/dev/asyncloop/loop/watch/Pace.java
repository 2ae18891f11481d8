package dev.asyncloop.loop.watch;

/** What gives a {@link Watchdog} its time and has it look: a thread, for all loops of the JVM, or a test. */
interface Pace {

    /** The time, in nanoseconds from anywhere. Any thread. */
    long nanos();

    /** A run begins: the watchdog has something to look at from now on. The loop's thread. */
    void runBegins();

    /** Something is due earlier than the watchdog would look. Any thread. */
    void hurry();

    /** Whether the current thread is the one on which the watchdog looks. Any thread. */
    boolean isHere();
}
