package dev.asyncloop.text;

import java.math.BigDecimal;
import java.time.Duration;

/** Times and callbacks as messages tell them. */
public final class Words {

    private Words() {}

    /** So many nanoseconds, rounded up to a whole unit: what was asked for a moment ago reads as it was asked for. */
    public static String roundedUp(long nanos) {
        return rounded(Duration.ofNanos(nanos));
    }

    /** What messages call something that can be called: what it says itself, or else where it comes from. */
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

    /** One whole unit, rounded down, and its own where it is a whole number of them. */
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

    /** Rounded up to a whole unit, so that what was asked for a moment ago reads as it was asked for. */
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

    /** In whole seconds where they are, else in milliseconds, rounded up. */
    public static String inSecondsOrMillis(Duration time) {
        long millis = millis(time.plusNanos(999_999));
        return millis > 0 && millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }

    /** So many nanoseconds as seconds, with no digit more than it takes. */
    public static String inSeconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /** Not negative; what is beyond 292 million years is taken for that. */
    private static long millis(Duration time) {
        try {
            return Math.max(0, time.toMillis());
        } catch (ArithmeticException beyondLong) {
            return time.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
