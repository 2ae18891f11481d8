package dev.asyncloop.loop.core;

import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop, by time, and timers of one time by when they were set. Loop thread only, where a method does
 * not say otherwise.
 *
 * <p>The watchdog calls {@link #isEmpty} on an idle loop, without a lock. That is safe. The loop's thread wrote the
 * queue before it set {@code sleeper} in {@link ReadyQueue}, and the watchdog has seen that set. The watchdog reads the
 * number of steps before and after: if it is the same, the loop did not run in between and did not touch its timers.
 */
final class Timers {

    /**
     * If there are more than these, and more than half are cancelled, the cancelled ones are dropped at once, as in
     * asyncio.
     */
    private static final int MANY = 100;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long sequence;
    private int cancelled;

    /** Sets a timer: the user's if there is a request, else ours. */
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

    /** All timers by their time, with cancelled ones that were not dropped yet. */
    Stream<Timer> inOrder() {
        return queue.stream().sorted();
    }

    /** How many there are, with cancelled ones that were not dropped yet. */
    int size() {
        return queue.size();
    }

    /** Nanoseconds until the first timer is due, not negative; {@code Long.MAX_VALUE} if there is none. */
    long untilNext(long now) {
        for (Timer first = queue.peek(); first != null; first = queue.peek()) {
            if (!first.isCancelled()) {
                return Math.max(0, first.whenNanos() - now);
            }
            drop();
        }
        return Long.MAX_VALUE;
    }

    /** How many are not cancelled. Any thread; a snapshot. */
    int pending() {
        return queue.size() - cancelled;
    }

    /** When the first is due; {@code Long.MAX_VALUE} if there is none. Any thread; a snapshot. */
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
