package dev.asyncloop.leak.text;

import java.lang.System.Logger.Level;

/** What is said of leaks besides the failures of tests. */
public final class LeakLog {

    private static final System.Logger LOGGER = System.getLogger("dev.asyncloop");

    private LeakLog() {}

    public static void warn(String text) {
        LOGGER.log(Level.WARNING, text);
    }

    public static void warn(String text, Throwable thrown) {
        LOGGER.log(Level.WARNING, text, thrown);
    }

    public static void inform(String text) {
        LOGGER.log(Level.INFO, text);
    }
}
