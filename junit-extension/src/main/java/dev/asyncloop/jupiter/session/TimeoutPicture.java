package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.origin.Owner;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a test's loops were doing when JUnit's time-out struck, for the log: with a time-out in a separate thread nobody
 * sees the exception that has the same picture, and a test that does not listen throws none.
 */
public final class TimeoutPicture {

    private TimeoutPicture() {}

    /** Logs the loops of {@code owners}. Any thread. */
    public static void log(String test, Collection<Owner> owners) {
        List<EventLoop> loops = EventLoop.allLoops().stream()
                .filter(loop -> owners.contains(loop.owner()))
                .toList();
        if (!loops.isEmpty()) {
            System.getLogger("dev.asyncloop").log(Level.WARNING, () -> text(test, loops));
        }
    }

    private static String text(String test, List<EventLoop> loops) {
        return loops.stream()
                .map(loop -> "JUnit interrupts " + test + ", whose time is over; the event loop of " + loop.owner()
                        + ":\n" + loop.picture())
                .collect(Collectors.joining("\n"));
    }
}
