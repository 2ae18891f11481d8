package dev.asyncloop.leak;

import java.util.Locale;

/** What becomes of a leak. In every mode, what was left on a loop is cleaned up. */
public enum LeakMode {
    /** The leak fails the test or the test class. */
    FAIL,
    /** The leak is logged, and published with the results of the test. */
    WARN,
    /** The leak is ignored. */
    OFF;

    /** The name in configuration, such as {@code fail}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
