package dev.asyncloop.registers;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Knows of platform threads that belong to nobody by which other thread without an owner they were started, perhaps
 * through others: their elder. A thread that a test needed has an owner; so what an elder from before the test starts
 * is none of the test's.
 *
 * <p>The runner's threads are nobody's elders: on them everything begins.
 *
 * <p>Any thread; like the registers, it has no locks.
 */
final class Elders {

    /** The threads that an elder started, by their id. */
    private final ConcurrentMap<Long, Younger> younger = new ConcurrentSkipListMap<>();

    private final Set<Long> runners = new ConcurrentSkipListSet<>();

    private static final class Younger extends WeakReference<@Nullable Thread> {

        final long elder;

        Younger(Thread thread, long elder) {
            super(thread);
            this.elder = elder;
        }
    }

    /** The current thread opens or closes accounts, so it is the runner's. */
    void addRunner() {
        runners.add(Thread.currentThread().threadId());
    }

    boolean isRunner(long thread) {
        return runners.contains(thread);
    }

    /** The current thread, which belongs to nobody, is about to start {@code thread}. */
    void starts(Thread thread) {
        if (!isRunner(Thread.currentThread().threadId())) {
            younger.put(thread.threadId(), new Younger(thread, ofCurrentThread()));
        }
    }

    /** The id of the elder of the current thread; its own if it has none. */
    long ofCurrentThread() {
        long current = Thread.currentThread().threadId();
        Younger started = younger.isEmpty() || isRunner(current) ? null : younger.get(current);
        return started == null ? current : started.elder;
    }

    /** Forgets the threads that have ended. */
    void forgetGarbage() {
        for (var each = younger.values().iterator(); each.hasNext(); ) {
            Thread thread = each.next().get();
            if (thread == null || thread.getState() == Thread.State.TERMINATED) {
                each.remove();
            }
        }
    }
}
