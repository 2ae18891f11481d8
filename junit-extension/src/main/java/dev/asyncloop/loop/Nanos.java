package dev.asyncloop.loop;

import java.time.Duration;

/** Times in nanoseconds, at the ends of their range instead of beyond it. */
final class Nanos {

    private Nanos() {}

    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException beyondLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** {@code now}, which is not negative, and {@code delay} together. */
    static long sum(long now, long delay) {
        long sum = now + delay;
        return delay > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }
}
