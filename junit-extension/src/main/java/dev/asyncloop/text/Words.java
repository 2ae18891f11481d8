package dev.asyncloop.text;

import java.math.BigDecimal;
import java.time.Duration;

/** Times and callbacks in words, for messages. */
public final class Words {

    private Words() {}

    /** Nanoseconds in words, as {@link #rounded} does. */
    public static String roundedUp(long nanos) {
        return rounded(Duration.ofNanos(nanos));
    }

    /** The name of a callback for messages: its {@code toString}, or without one where it comes from. */
    public static String callback(Object callback) {
        String type = callback.getClass().getName();
        String said = said(callback);
        if (!said.startsWith(type + "@")) {
            return said;
        }
        int lambda = type.indexOf("$$Lambda");
        String known = (lambda < 0 ? type : type.substring(0, lambda));
        return (lambda < 0 ? "" : "a lambda in ")
                + known.substring(known.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String said(Object callback) {
        try {
            return String.valueOf(callback);
        } catch (RuntimeException broken) { // the user's own toString
            return callback.getClass().getName() + "@";
        }
    }

    /**
     * A duration in words, rounded down to one unit, such as {@code 1500 ms} or {@code 3 min}. A smaller unit is used
     * where the larger would lose much.
     */
    public static String of(Duration time) {
        long millis = millis(time);
        if (millis < 1_000 || millis < 10_000 && millis % 1_000 != 0) {
            return millis + " ms";
        }
        long seconds = millis / 1_000;
        if (seconds < 120 || seconds < 600 && seconds % 60 != 0) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
    }

    /**
     * The time that is left, in words, rounded up to one unit. So what was set to 5 s a moment ago still reads as 5 s.
     */
    public static String rounded(Duration left) {
        long millis = Math.max(0, left.plusNanos(999_999).toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        long seconds = (millis + 999) / 1_000;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? minutes + " min" : (minutes + 59) / 60 + " h";
    }

    /** A duration in seconds if they are whole, else in milliseconds, rounded up. */
    public static String inSecondsOrMillis(Duration time) {
        long millis = millis(time.plusNanos(999_999));
        return millis > 0 && millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }

    /** Nanoseconds as a number of seconds, without superfluous digits. */
    public static String inSeconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /** The milliseconds, between zero and 292 million years. */
    private static long millis(Duration time) {
        try {
            return Math.max(0, time.toMillis());
        } catch (ArithmeticException beyondLong) {
            return time.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
