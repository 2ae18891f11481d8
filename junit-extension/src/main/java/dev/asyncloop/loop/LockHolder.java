package dev.asyncloop.loop;

import dev.asyncloop.jdk.LoopThreads;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the lock of {@code java.util.concurrent} that a task waits for. Any thread.
 *
 * <p>In the portable engine such a task is not suspended but holds the loop, and the lock cannot be asked.
 */
final class LockHolder {

    private LockHolder() {}

    /** Null where it waits for something else, or the lock does not say. */
    static @Nullable Thread of(Task<?> waiting) {
        Object lock =
                waiting.loop().engine() == PortableEngine.INSTANCE ? null : LockSupport.getBlocker(waiting.thread());
        return lock == null ? null : LoopThreads.ownerOf(lock);
    }

    /** The holder, for a message that says what the task is suspended in; empty where there is none. */
    static String describe(Task<?> waiting) {
        Thread holder = of(waiting);
        return holder == null ? "" : ", held by " + name(waiting.loop(), holder);
    }

    static String name(EventLoop loop, Thread holder) {
        Task<?> task = SchedulerEngine.taskOn(holder, loop);
        if (task != null) {
            return task.label();
        }
        String thread = "thread \"" + holder.getName() + '"';
        return holder.isAlive() ? thread : thread + ", which has ended";
    }
}
