package dev.asyncloop.loop.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads that strayed from their loop: they kept the thread that ran it, and the loop was taken from that
 * thread. Such a thread runs by itself until it waits for something. Any thread.
 */
final class Strays {

    /** Null until there was one, which is hardly ever; from then on with the moment at which it strayed. */
    private volatile @Nullable Map<Thread, Moment> threads;

    boolean contain(Thread thread) {
        Map<Thread, Moment> strayed = threads;
        return strayed != null && strayed.containsKey(thread);
    }

    synchronized void add(Thread thread, Moment moment) {
        Map<Thread, Moment> strayed = threads;
        if (strayed == null) {
            strayed = new ConcurrentHashMap<>();
            threads = strayed;
        }
        strayed.put(thread, moment);
    }

    /** It waits for something, or has ended. Returns the moment at which it strayed; null if it did not. */
    @Nullable
    Moment remove(Thread thread) {
        Map<Thread, Moment> strayed = threads;
        return strayed == null ? null : strayed.remove(thread);
    }
}
