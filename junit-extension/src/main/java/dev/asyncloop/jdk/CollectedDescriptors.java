package dev.asyncloop.jdk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What had to be closed by the garbage collector: its openings, until the account of their owner asks.
 *
 * <p>Of those whose owner never asks, as its account is closed, the last {@value #LIMIT} are kept. Any thread; as the register,
 * this has no locks.
 */
final class CollectedDescriptors {

    private static final int LIMIT = 1_000;

    private final ConcurrentLinkedQueue<Opening> openings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /**
     * Whether the garbage collector had the current thread close what it is about to close: whether it is the finalizer's or a
     * cleaner's. A cleaner with threads of its user's own is taken for that user.
     */
    static boolean isOnCleaner() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        return !thread.isVirtual()
                && thread.isDaemon()
                && (name.equals("Common-Cleaner") || name.startsWith("Cleaner-") || name.equals("Finalizer"));
    }

    void add(Opening opening) {
        openings.add(opening);
        if (size.incrementAndGet() > LIMIT && openings.poll() != null) {
            size.decrementAndGet();
        }
    }

    List<Opening> take(Object owner) {
        List<Opening> taken = new ArrayList<>();
        for (Iterator<Opening> all = openings.iterator(); all.hasNext(); ) {
            Opening opening = all.next();
            if (opening.owner() == owner) {
                all.remove();
                size.decrementAndGet();
                taken.add(opening);
            }
        }
        return taken;
    }
}
