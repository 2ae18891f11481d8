package dev.asyncloop.registers;

import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The openings of descriptors that only the garbage collector closed, until the account of their owner asks.
 *
 * <p>Owners whose accounts are closed never ask, so only the last {@value #LIMIT} openings are kept. Any thread; like
 * the register, it has no locks.
 */
final class CollectedDescriptors {

    private static final int LIMIT = 1_000;

    private final ConcurrentLinkedQueue<Opening> openings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    void add(Opening opening) {
        openings.add(opening);
        if (size.incrementAndGet() > LIMIT && openings.poll() != null) {
            size.decrementAndGet();
        }
    }

    List<Opening> take(Owner owner) {
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
