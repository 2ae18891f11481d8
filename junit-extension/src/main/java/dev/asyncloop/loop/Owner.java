package dev.asyncloop.loop;

import org.jspecify.annotations.Nullable;

/**
 * Whom a task, a loop or a generator is charged to: a test, a test class, or anything else that must not leave things
 * behind.
 *
 * <p>An owner is compared by identity. A task inherits the owner of the task that creates it; a loop and a generator belong
 * to the owner of the task that creates them.
 */
public final class Owner {

    /** On a thread of an executor: whose job it does. */
    private static final ThreadLocal<@Nullable Owner> OF_JOB = new ThreadLocal<>();

    private final String name;

    private Owner(String name) {
        this.name = name;
    }

    /** A new owner; {@code name} is what messages call it. */
    public static Owner named(String name) {
        return new Owner(name);
    }

    /**
     * Whom that is charged to which the current thread does now: the owner of its task or callback, or of whoever handed its job to
     * an executor; null on any other thread, and for what a class initialiser started. Any thread, also from within the JDK's I/O:
     * nothing is waited for.
     */
    public static @Nullable Owner ofCurrentThread() {
        EventLoop loop = EventLoop.runningOrNull();
        if (loop == null) {
            return OF_JOB.get();
        }
        Task<?> task = loop.driver().current();
        return task == null ? loop.driver().currentOwner() : task.owner();
    }

    /** Does a job for {@code owner} on the current thread, which is none of a loop's. */
    static void charge(@Nullable Owner owner, Runnable job) {
        OF_JOB.set(owner);
        try {
            job.run();
        } finally {
            OF_JOB.remove();
        }
    }

    /** The name that messages use. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
