package dev.asyncloop.loop.watch;

import dev.asyncloop.jdk.LoopThreads;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the lock of {@code java.util.concurrent} that a task waits for. Any thread.
 *
 * <p>In the portable engine such a task is not suspended but holds the loop, and the lock cannot be asked.
 */
public final class LockHolder {

    private LockHolder() {}

    /** Null where it waits for something else, or the lock does not say. */
    public static @Nullable Thread of(Coroutine waiting) {
        Object lock = waiting.core().suspendsAnyWait() ? LockSupport.getBlocker(waiting.thread()) : null;
        return lock == null ? null : LoopThreads.ownerOf(lock);
    }

    /** The holder, for a message that says what the task is suspended in; empty where there is none. */
    public static String describe(Coroutine waiting) {
        Thread holder = of(waiting);
        return holder == null ? "" : ", held by " + name(waiting.core(), holder);
    }

    public static String name(LoopCore core, Thread holder) {
        Coroutine task = core.coroutineOn(holder);
        if (task != null) {
            return task.label();
        }
        String thread = "thread \"" + holder.getName() + '"';
        return holder.isAlive() ? thread : thread + ", which has ended";
    }
}
