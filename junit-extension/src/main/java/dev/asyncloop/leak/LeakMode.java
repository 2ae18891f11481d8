package dev.asyncloop.leak;

import java.util.Locale;

/** What becomes of a leak. It is cleaned up in any case, as far as it is on a loop. */
public enum LeakMode {
    /** It fails the test, or the test class. */
    FAIL,
    /** It is logged, and published with the results of the test. */
    WARN,
    /** Nobody hears of it. */
    OFF;

    /** Its name in configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
