package dev.asyncloop.loop.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Times in nanoseconds, cut off at 146 years, so that sums and differences of them fit in a {@code long}. */
public final class Nanos {

    private static final long LIMIT = Long.MAX_VALUE / 2;

    private Nanos() {}

    /** The sum of two durations, or of a time and a duration. */
    public static long sum(long one, long other) {
        return Math.clamp(one + other, -LIMIT, LIMIT);
    }

    public static long of(Duration duration) {
        try {
            return Math.clamp(duration.toNanos(), -LIMIT, LIMIT);
        } catch (ArithmeticException beyondLong) {
            return duration.isNegative() ? -LIMIT : LIMIT;
        }
    }

    public static long of(long time, TimeUnit unit) {
        return Math.clamp(unit.toNanos(time), -LIMIT, LIMIT);
    }
}
