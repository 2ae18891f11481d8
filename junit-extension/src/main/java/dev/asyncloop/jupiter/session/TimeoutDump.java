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
 * Logs what a test's loops were doing when JUnit's timeout struck. The exception of the test has the same dump. But
 * nobody sees that exception if the timeout has a separate thread, and a test that ignores its interruption throws
 * none.
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
