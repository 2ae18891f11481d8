package dev.asyncloop.loop;

import dev.asyncloop.jdk.Locks;
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
        return waiting.loop().engine() == PortableEngine.INSTANCE ? null : Locks.holderFor(waiting.thread());
    }

    /**
     * Whether a thread outside of the loop holds it: a pool, a logger or a queue takes one for a moment. A lock that is
     * free is just being given to whoever waits for it. Loop thread only, while the loop is idle.
     */
    static boolean isOutside(Task<?> waiting) {
        Thread holder = of(waiting);
        return holder == null
                ? Locks.isExclusiveAwaitedBy(waiting.thread())
                : !waiting.loop().isLoopThread(holder);
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
