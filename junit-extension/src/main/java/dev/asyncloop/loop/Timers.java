package dev.asyncloop.loop;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The timers of a loop, by time and then by the order in which they were set. Loop thread only. */
final class Timers {

    /** With this many, more than half of them cancelled, the cancelled ones are dropped at once, as in asyncio. */
    private static final int MANY = 100;

    private final PriorityQueue<TimerHandle> queue = new PriorityQueue<>();
    private long sequence;
    private int cancelled;

    /** A timer of the user's code where there is an origin, else one of ours. */
    TimerHandle add(EventLoop loop, Runnable callback, long when, @Nullable Origin origin) {
        TimerHandle timer = new TimerHandle(loop, callback, when, sequence++, this, origin);
        queue.add(timer);
        return timer;
    }

    void cancelled() {
        cancelled++;
        if (queue.size() > MANY && cancelled > queue.size() / 2) {
            queue.removeIf(Handle::isCancelled);
            cancelled = 0;
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** With the cancelled ones that are still in it, by their time. */
    Stream<TimerHandle> inOrder() {
        return queue.stream().sorted();
    }

    /** With the cancelled ones that are still in it. */
    int size() {
        return queue.size();
    }

    /** Nanoseconds until the first timer is due, not negative; {@code Long.MAX_VALUE} where there is none. */
    long untilNext(long now) {
        for (TimerHandle first = queue.peek(); first != null; first = queue.peek()) {
            if (!first.isCancelled()) {
                return Math.max(0, first.whenNanos() - now);
            }
            drop();
        }
        return Long.MAX_VALUE;
    }

    /** How many there are and when the first is due, for a picture; nothing where there are none. Any thread: a look at what changes. */
    String describe(long now) {
        TimerHandle first = queue.peek();
        return first == null
                ? ""
                : Picture.line(
                        queue.size() - cancelled,
                        "timer",
                        "timers",
                        ", next in " + SleepFuture.rounded(Duration.ofNanos(first.whenNanos() - now)));
    }

    void moveDue(long now, ReadyQueue ready) {
        while (untilNext(now) == 0) {
            TimerHandle due = queue.remove();
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
