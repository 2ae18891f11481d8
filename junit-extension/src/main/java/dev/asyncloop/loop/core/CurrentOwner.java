package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.JobOrigins;
import org.jspecify.annotations.Nullable;

/** The owner that the current thread works for. Any thread. */
public final class CurrentOwner {

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
            return stray == null ? JobOrigins.ownerOfCurrentJob() : stray.owner();
        }
        Coroutine running = core.current();
        return running == null ? core.currentOwnerHere() : running.owner();
    }

    /** From now on the current thread, while it runs no loop, works for {@code owner}, until {@link #end}. */
    public static void begin(Owner owner) {
        JobOrigins.begin(owner);
    }

    /** The current thread does not work for that owner any more. */
    public static void end() {
        JobOrigins.end();
    }
}
