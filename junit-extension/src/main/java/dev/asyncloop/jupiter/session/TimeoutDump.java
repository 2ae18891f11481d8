package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a test's loops were doing when JUnit's time-out struck, for the log: with a time-out in a separate thread nobody
 * sees the exception that has the same dump, and a test that does not listen throws none.
 */
public final class TimeoutDump {

    private TimeoutDump() {}

    /** Logs the loops of {@code owners}. Any thread. */
    public static void log(String test, Collection<Owner> owners) {
        List<LoopAccount> loops = new ArrayList<>();
        owners.forEach(owner -> loops.addAll(EventLoop.accountsOf(owner, null)));
        if (!loops.isEmpty()) {
            Log.log(Level.WARNING, text(test, loops));
        }
    }

    private static String text(String test, List<LoopAccount> loops) {
        return loops.stream()
                .map(account -> "JUnit interrupts " + test + ", whose time is over; the event loop of "
                        + account.owner() + ":\n" + account.dump())
                .collect(Collectors.joining("\n"));
    }
}
