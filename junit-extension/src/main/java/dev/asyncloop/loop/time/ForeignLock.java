package dev.asyncloop.loop.time;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.watch.LockHolder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task waits for a lock that a thread outside of the loop holds. A pool, a logger or a queue takes one for a moment.
 *
 * <p>Only of a {@code ReentrantLock}, and of one for writers, the owner is known.
 */
final class ForeignLock {

    private static final String EXCLUSIVE = "java.util.concurrent.locks.ReentrantLock$";
    private static final String READ_WRITE = "java.util.concurrent.locks.ReentrantReadWriteLock$";

    private ForeignLock() {}

    /** Any thread. */
    static boolean isAwaited(Thread thread) {
        Object lock = LockSupport.getBlocker(thread);
        return isA(EXCLUSIVE, lock) || isA(READ_WRITE, lock);
    }

    /** A lock that is free is just being given to whoever waits for it. Loop thread only, while the loop is idle. */
    static boolean isHeldOutside(Coroutine task) {
        Thread holder = LockHolder.of(task);
        return holder == null
                ? isA(EXCLUSIVE, LockSupport.getBlocker(task.thread()))
                : !task.core().isLoopThread(holder);
    }

    private static boolean isA(String kind, @Nullable Object lock) {
        return lock != null && lock.getClass().getName().startsWith(kind);
    }
}
