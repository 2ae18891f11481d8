package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells which lock of {@code java.util.concurrent.locks} a thread waits for, and who holds it. Any thread.
 *
 * <p>The owner is known of a {@code ReentrantLock}, and of a {@code ReentrantReadWriteLock} that a writer has.
 */
public final class Locks {

    private static final String EXCLUSIVE = "java.util.concurrent.locks.ReentrantLock$";
    private static final String READ_WRITE = "java.util.concurrent.locks.ReentrantReadWriteLock$";

    private Locks() {}

    /** Made when a lock is first asked for its owner. */
    private static final class Owner {

        private static final MethodHandle OWNER;

        static {
            JdkAccess.ensureOpen();
            try {
                OWNER = MethodHandles.lookup()
                        .unreflectGetter(JdkAccess.accessible(
                                AbstractOwnableSynchronizer.class.getDeclaredField("exclusiveOwnerThread")));
            } catch (ReflectiveOperationException unknownJdk) {
                throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
            }
        }
    }

    /** Whether the thread waits for a {@code ReentrantLock} or a {@code ReentrantReadWriteLock}. */
    public static boolean isAwaitedBy(Thread thread) {
        Object lock = LockSupport.getBlocker(thread);
        return isA(EXCLUSIVE, lock) || isA(READ_WRITE, lock);
    }

    /**
     * Whether the thread waits for a {@code ReentrantLock}. It has no readers, so it is free whenever it has no owner.
     */
    public static boolean isExclusiveAwaitedBy(Thread thread) {
        return isA(EXCLUSIVE, LockSupport.getBlocker(thread));
    }

    /**
     * The thread that holds the lock that {@code waiting} waits for; null if it waits for none, or the lock does not
     * tell.
     */
    public static @Nullable Thread holderFor(Thread waiting) {
        return ownerOf(LockSupport.getBlocker(waiting));
    }

    /** The thread that holds {@code lock}; null if it is free or does not tell. */
    static @Nullable Thread ownerOf(@Nullable Object lock) {
        try {
            return lock instanceof AbstractOwnableSynchronizer synchronizer
                    ? (Thread) Owner.OWNER.invokeExact(synchronizer)
                    : null;
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private static boolean isA(String kind, @Nullable Object lock) {
        return lock != null && lock.getClass().getName().startsWith(kind);
    }
}
