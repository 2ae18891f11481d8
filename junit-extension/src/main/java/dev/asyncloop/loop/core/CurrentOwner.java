package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/** Whom the current thread works for. Any thread. */
public final class CurrentOwner {

    /** On a thread of an executor: whose job it does. */
    private static final ThreadLocal<@Nullable Owner> OF_JOB = new ThreadLocal<>();

    private CurrentOwner() {}

    /**
     * The owner of the task or callback that runs on the current thread, or of whoever handed its job to an executor; null on any other
     * thread, and for what a class initialiser started. Also from within the JDK's I/O: nothing is waited for.
     */
    public static @Nullable Owner get() {
        LoopCore core = Here.running();
        if (core == null) {
            return OF_JOB.get();
        }
        Coroutine running = core.current();
        return running == null ? core.currentOwnerHere() : running.owner();
    }

    /** Does a job for {@code owner} on the current thread, which is none of a loop's. */
    public static void charge(@Nullable Owner owner, Runnable job) {
        OF_JOB.set(owner);
        try {
            job.run();
        } finally {
            OF_JOB.remove();
        }
    }
}
