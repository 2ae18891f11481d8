package dev.asyncloop.loop.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Times in nanoseconds, within 146 years of now: beyond that they stay there, so that sums and differences fit. */
public final class Nanos {

    private static final long LIMIT = Long.MAX_VALUE / 2;

    private Nanos() {}

    /** Of two times, or a time and a duration. */
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
