package dev.asyncloop.loop.core;

import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop, by time and then by the order in which they were set. Loop thread only, where it does not say
 * otherwise.
 *
 * <p>The watchdog asks {@link #isEmpty} of an idle loop. That is safe without a lock: the loop's thread wrote the queue
 * before it wrote {@code sleeper} of {@link ReadyQueue}, which the watchdog has read as set, and the watchdog reads the
 * number of steps before and after; where it has not changed, the loop has not run in between, and so has not touched
 * its timers.
 */
final class Timers {

    /** With this many, more than half of them cancelled, the cancelled ones are dropped at once, as in asyncio. */
    private static final int MANY = 100;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long sequence;
    private int cancelled;

    /** A timer of the user's code where there is a request, else one of ours. */
    Timer add(LoopCore core, Runnable callback, long when, @Nullable Request request) {
        Timer timer = new Timer(core, callback, when, sequence++, this, request);
        queue.add(timer);
        return timer;
    }

    void cancelled() {
        cancelled++;
        if (queue.size() > MANY && cancelled > queue.size() / 2) {
            queue.removeIf(Callback::isCancelled);
            cancelled = 0;
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** With the cancelled ones that are still in it, by their time. */
    Stream<Timer> inOrder() {
        return queue.stream().sorted();
    }

    /** With the cancelled ones that are still in it. */
    int size() {
        return queue.size();
    }

    /** Nanoseconds until the first timer is due, not negative; {@code Long.MAX_VALUE} where there is none. */
    long untilNext(long now) {
        for (Timer first = queue.peek(); first != null; first = queue.peek()) {
            if (!first.isCancelled()) {
                return Math.max(0, first.whenNanos() - now);
            }
            drop();
        }
        return Long.MAX_VALUE;
    }

    /** How many wait. Any thread: a look at what changes. */
    int pending() {
        return queue.size() - cancelled;
    }

    /** When the first is due, {@code Long.MAX_VALUE} where there is none. Any thread: a look at what changes. */
    long nextAt() {
        Timer first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.whenNanos();
    }

    void moveDue(long now, ReadyQueue ready) {
        while (untilNext(now) == 0) {
            Timer due = queue.remove();
            due.leaveTimers();
            ready.add(due);
        }
    }

    void clear() {
        queue.clear();
        cancelled = 0;
    }

    private void drop() {
        queue.remove();
        cancelled--;
    }
}
