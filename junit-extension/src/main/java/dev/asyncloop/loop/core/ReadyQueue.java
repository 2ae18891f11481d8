package dev.asyncloop.loop.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps that are ready, first in, first out. Its inbox is the one door by which other threads reach the loop. */
public final class ReadyQueue {

    /** Loop thread only. */
    private final ArrayDeque<Step> ready = new ArrayDeque<>();

    /** What other threads brought, the latest first. Any thread. */
    private final AtomicReference<@Nullable Arrival> inbox = new AtomicReference<>();

    /** The loop's thread while it waits for the inbox. Written by the loop's thread, read by any. */
    private volatile @Nullable Thread sleeper;

    private record Arrival(Step step, @Nullable Arrival earlier) {}

    /** Adds a step behind all that other threads brought before. Loop thread only. */
    void add(Step step) {
        takeInbox();
        ready.addLast(step);
    }

    /** Puts a step into the inbox, and wakes the loop. Any thread. */
    public void addFromOutside(Step step) {
        Arrival before;
        do {
            before = inbox.get();
        } while (!inbox.compareAndSet(before, new Arrival(step, before)));
        Thread waiting = sleeper;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Moves the inbox behind what is ready. Loop thread only. */
    public void takeInbox() {
        if (inbox.get() != null) {
            ready.addAll(takeInboxOut());
        }
    }

    /** Lets {@code schedule} reorder what is ready, without the inbox. Loop thread only. */
    void arrange(Schedule schedule) {
        schedule.arrange(ready);
    }

    /** How many steps are ready, without the inbox. Loop thread only. */
    int size() {
        return ready.size();
    }

    /** Takes the first step out. Loop thread only. */
    public Step next() {
        return ready.removeFirst();
    }

    /**
     * Waits until something is in the inbox, the thread is interrupted, or the time is over; may return early. Loop
     * thread only.
     */
    public void await(long nanos) {
        sleeper = Thread.currentThread();
        try {
            if (inbox.get() == null) {
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

    /** Whether any step is ready, the inbox included. Any thread; a snapshot. */
    public boolean hasMore() {
        return inbox.get() != null || !ready.isEmpty();
    }

    /** How many steps are ready, the inbox included. Any thread; a snapshot. */
    int pending() {
        int count = ready.size();
        for (Arrival last = inbox.get(); last != null; last = last.earlier) {
            count++;
        }
        return count;
    }

    /** What is ready, the inbox included. Loop thread only. */
    Stream<Step> steps() {
        takeInbox();
        return ready.stream();
    }

    /** Takes everything out. The closing thread only, while nothing runs. */
    List<Step> drain() {
        takeInbox();
        List<Step> left = new ArrayList<>(ready);
        ready.clear();
        return left;
    }

    /** Takes the inbox out, the earliest first. Any thread. */
    List<Step> takeInboxOut() {
        ArrayDeque<Step> left = new ArrayDeque<>();
        for (Arrival last = inbox.getAndSet(null); last != null; last = last.earlier) {
            left.addFirst(last.step);
        }
        return List.copyOf(left);
    }
}
