package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who holds a lock, and who waits for one. */
@Timeout(60)
class LocksTests {

    @Test
    void who_waits_for_a_lock_and_who_has_it_is_known() throws InterruptedException {
        Thread waiting = waitingFor(new ReentrantLock());
        assertThat(Locks.isAwaitedBy(waiting)).isTrue();
        assertThat(Locks.isExclusiveAwaitedBy(waiting)).isTrue();
        assertThat(Locks.holderFor(waiting)).isSameAs(Thread.currentThread());
        waiting.interrupt();
        waiting.join();
        assertThat(Locks.isAwaitedBy(waiting)).isFalse();
        assertThat(Locks.holderFor(waiting)).isNull();
    }

    @Test
    void a_lock_that_readers_may_have_is_none_of_one_owner() throws InterruptedException {
        Thread waiting = waitingFor(new ReentrantReadWriteLock().writeLock());
        assertThat(Locks.isAwaitedBy(waiting)).isTrue();
        assertThat(Locks.isExclusiveAwaitedBy(waiting)).isFalse();
        waiting.interrupt();
        waiting.join();
    }

    /** A thread that waits for the lock, which the current thread takes before. */
    private static Thread waitingFor(Lock lock) {
        lock.lock();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException enough) {
                // the test has seen it
            }
        });
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void the_owner_of_a_lock_is_known_where_the_lock_says() {
        Thread me = Thread.currentThread();
        HeldLock lock = new HeldLock();
        assertThat(Locks.ownerOf(lock)).isNull();
        lock.takeFor(me);
        assertThat(Locks.ownerOf(lock)).isSameAs(me);
        assertThat(Locks.ownerOf(new Object())).isNull();
    }

    /** What a thread that waits for one of the JDK's locks is parked on. */
    private static final class HeldLock extends AbstractOwnableSynchronizer {
        private static final long serialVersionUID = 1L;

        void takeFor(Thread owner) {
            setExclusiveOwnerThread(owner);
        }
    }
}
