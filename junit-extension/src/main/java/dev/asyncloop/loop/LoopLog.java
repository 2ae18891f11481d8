package dev.asyncloop.loop;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The log of all loops. */
final class LoopLog {

    static final System.Logger LOGGER = System.getLogger("dev.asyncloop");

    private LoopLog() {}

    /** Logs where nobody could deal with a failure of the log: then the record is lost, and the thread goes on. */
    static void log(Level level, String text, @Nullable Throwable thrown) {
        try {
            LOGGER.log(level, text, thrown);
        } catch (RuntimeException brokenHandler) {
            // somebody else's
        }
    }
}
