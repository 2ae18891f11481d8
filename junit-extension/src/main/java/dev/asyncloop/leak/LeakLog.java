package dev.asyncloop.leak;

import java.lang.System.Logger.Level;

/** What is said of leaks besides the failures of tests. */
final class LeakLog {

    private static final System.Logger LOGGER = System.getLogger("dev.asyncloop");

    private LeakLog() {}

    static void warn(String text) {
        LOGGER.log(Level.WARNING, text);
    }

    static void warn(String text, Throwable thrown) {
        LOGGER.log(Level.WARNING, text, thrown);
    }

    static void inform(String text) {
        LOGGER.log(Level.INFO, text);
    }
}
