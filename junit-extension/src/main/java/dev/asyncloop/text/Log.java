package dev.asyncloop.text;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The log of asyncloop. Any thread. */
public final class Log {

    private Log() {}

    /** Made when something is first logged, since it takes time to make the JDK's logger. */
    private static final class Holder {
        static final System.Logger LOGGER = System.getLogger("dev.asyncloop");
    }

    /** Logs {@code text}, and throws what the log throws. */
    public static void log(Level level, String text) {
        Holder.LOGGER.log(level, text);
    }

    /** The same, with the exception {@code thrown}. */
    public static void log(Level level, String text, @Nullable Throwable thrown) {
        Holder.LOGGER.log(level, text, thrown);
    }

    /** The same, but throws nothing. If the log fails, the record is lost and the thread goes on. */
    public static void quietly(Level level, String text, @Nullable Throwable thrown) {
        try {
            Holder.LOGGER.log(level, text, thrown);
        } catch (RuntimeException brokenHandler) {
            // in a handler of somebody else; nobody could deal with it here
        }
    }
}
