package dev.asyncloop.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What is ready to run, first in, first out; and the one door through which other threads reach the loop. */
final class ReadyQueue {

    /** Loop thread only. */
    private final ArrayDeque<Step> ready = new ArrayDeque<>();

    /** Any thread. */
    private final Queue<Step> inbox = new ConcurrentLinkedQueue<>();

    /** The loop's thread while it waits for the inbox; set by the loop's thread, read by any. */
    private volatile @Nullable Thread sleeper;

    /** Behind what other threads brought before. Loop thread only. */
    void add(Step step) {
        takeInbox();
        ready.addLast(step);
    }

    /** Any thread. */
    void addFromOutside(Step step) {
        inbox.add(step);
        Thread waiting = sleeper;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Moves the inbox behind what is ready. Loop thread only. */
    void takeInbox() {
        for (Step step = inbox.poll(); step != null; step = inbox.poll()) {
            ready.addLast(step);
        }
    }

    /** How much is ready, without the inbox. Loop thread only. */
    int size() {
        return ready.size();
    }

    /** Loop thread only. */
    Step next() {
        return ready.removeFirst();
    }

    /**
     * Waits until something is in the inbox, the thread is interrupted, or the time is over; may return early. Loop thread
     * only.
     */
    void await(long nanos) {
        sleeper = Thread.currentThread();
        try {
            if (inbox.isEmpty()) {
                LockSupport.parkNanos(this, nanos);
            }
        } finally {
            sleeper = null;
        }
    }

    /** Whether the loop's thread is waiting in {@link #await}. Any thread; true for a moment longer than it lasts. */
    boolean isWaiting() {
        return sleeper != null;
    }

    /** Whether anything is ready. Any thread; what it says may be over already. */
    boolean hasMore() {
        return !inbox.isEmpty() || !ready.isEmpty();
    }

    /** Takes everything out. The closing thread only, while nothing runs. */
    List<Step> drain() {
        takeInbox();
        List<Step> left = new ArrayList<>(ready);
        ready.clear();
        return left;
    }

    /** Takes the inbox out, past the loop. Any thread, once the loop is closed. */
    List<Step> takeInboxOut() {
        List<Step> left = new ArrayList<>();
        for (Step step = inbox.poll(); step != null; step = inbox.poll()) {
            left.add(step);
        }
        return left;
    }
}
