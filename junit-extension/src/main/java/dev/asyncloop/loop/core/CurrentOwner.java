package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/** The owner that the current thread works for. Any thread. */
public final class CurrentOwner {

    /** The owner of the job that a thread of an executor does. */
    private static final ThreadLocal<@Nullable Owner> OF_JOB = new ThreadLocal<>();

    private CurrentOwner() {}

    /**
     * The owner of the task or callback that runs on the current thread. On a thread of an executor, the owner of
     * whoever handed over the job. Null on any other thread, and for what a class initialiser started. It never blocks,
     * so that hooks in the JDK's I/O may call it.
     */
    public static @Nullable Owner get() {
        LoopCore core = Here.running();
        if (core == null) {
            Coroutine stray = SchedulerEngine.strayOn(Thread.currentThread());
            return stray == null ? OF_JOB.get() : stray.owner();
        }
        Coroutine running = core.current();
        return running == null ? core.currentOwnerHere() : running.owner();
    }

    /** From now on the current thread, while it runs no loop, works for {@code owner}, until {@link #end}. */
    public static void begin(Owner owner) {
        OF_JOB.set(owner);
    }

    public static void end() {
        OF_JOB.remove();
    }

    /** Does a job for {@code owner} on the current thread, which belongs to no loop. */
    public static void charge(@Nullable Owner owner, Runnable job) {
        OF_JOB.set(owner);
        try {
            job.run();
        } finally {
            OF_JOB.remove();
        }
    }
}
