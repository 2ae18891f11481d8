package dev.asyncloop.loop;

import java.time.Duration;

/** Times in nanoseconds, within 146 years of now: beyond that they stay there, so that sums and differences fit. */
final class Nanos {

    private static final long LIMIT = Long.MAX_VALUE / 2;

    private Nanos() {}

    static long of(Duration duration) {
        try {
            return Math.clamp(duration.toNanos(), -LIMIT, LIMIT);
        } catch (ArithmeticException beyondLong) {
            return duration.isNegative() ? -LIMIT : LIMIT;
        }
    }
}
