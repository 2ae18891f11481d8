package dev.asyncloop.loop.watch;

import dev.asyncloop.jdk.Locks;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import org.jspecify.annotations.Nullable;

/**
 * Tells who holds the lock of {@code java.util.concurrent} that a task waits for. Any thread.
 *
 * <p>In the portable engine such a task holds the loop, and the holder of the lock cannot be found.
 */
public final class LockHolder {

    private LockHolder() {}

    /** The holder; null if the task waits for something else, or the lock does not tell. */
    public static @Nullable Thread of(Coroutine waiting) {
        return waiting.core().suspendsAnyWait() ? Locks.holderFor(waiting.thread()) : null;
    }

    /** The holder in words, to go on after what the task is suspended in; empty if there is none. */
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
