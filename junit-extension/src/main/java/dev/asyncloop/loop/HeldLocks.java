package dev.asyncloop.loop;

import dev.asyncloop.jdk.LoopThreads;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds a task that waits for a lock which the thread that runs the loop took before the run: it can be given back only
 * after the run, and the run cannot end.
 */
final class HeldLocks {

    private HeldLocks() {}

    /** The error that says so. The watchdog's thread, while the loop is idle. */
    static Optional<IllegalStateException> find(Driver driver) {
        Thread carrier = driver.thread();
        if (carrier == null
                || driver.loop().engine()
                        == PortableEngine.INSTANCE) { // where such a task holds the loop, and is seen to
            return Optional.empty();
        }
        return driver.loop().allTasks().stream()
                .filter(task -> waitsFor(task, carrier))
                .findFirst()
                .map(task -> new IllegalStateException("The event loop can never go on: " + task
                        + " waits for a lock that thread \"" + carrier.getName()
                        + "\" holds, which runs the loop; take the lock in the task, not around the run"));
    }

    private static boolean waitsFor(Task<?> task, Thread carrier) {
        Object lock = LockSupport.getBlocker(task.thread());
        return lock != null && LoopThreads.ownerOf(lock) == carrier || Monitors.heldBy(carrier, task.thread());
    }
}
