package dev.asyncloop.loop;

import java.time.Duration;

/** A time as messages tell it: one whole unit, rounded down, and its own where it is a whole number of them. */
final class Words {

    private Words() {}

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
