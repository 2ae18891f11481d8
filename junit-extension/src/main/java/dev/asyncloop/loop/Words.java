package dev.asyncloop.loop;

import java.time.Duration;

/** Times and callbacks as messages tell them. */
final class Words {

    private Words() {}

    /** So many nanoseconds, rounded up to a whole unit: what was asked for a moment ago reads as it was asked for. */
    static String roundedUp(long nanos) {
        return SleepFuture.rounded(Duration.ofNanos(nanos));
    }

    /** What messages call something that can be called: what it says itself, or else where it comes from. */
    static String callback(Object callback) {
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
    static String of(Duration time) {
        long millis = Math.max(0, Nanos.of(time) / 1_000_000);
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
}
