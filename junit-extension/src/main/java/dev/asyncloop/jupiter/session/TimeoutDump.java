package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.core.Moment;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the loops of a test were doing when JUnit's timeout struck. It is logged, and shown below JUnit's own exception:
 * what the body throws has the same dump, but nobody sees that if the timeout has a separate thread, and a test that
 * ignores its interruption throws none.
 */
public final class TimeoutDump {

    private record Seen(LoopAccount loop, Moment moment) {}

    private final List<Seen> loops;

    private TimeoutDump(List<Seen> loops) {
        this.loops = loops;
    }

    /** Looks at the loops of {@code owners}, just before {@code thread} is interrupted. Any thread. */
    public static TimeoutDump of(Collection<Owner> owners, Thread thread) {
        List<Seen> seen = new ArrayList<>();
        for (Owner owner : owners) {
            for (LoopAccount loop : EventLoop.accountsOf(owner, null)) {
                seen.add(new Seen(loop, loop.announceInterruption(thread)));
            }
        }
        return new TimeoutDump(seen);
    }

    /** Logs it. Any thread. */
    public void log(String test) {
        if (!loops.isEmpty()) {
            Log.log(
                    Level.WARNING,
                    loops.stream()
                            .map(each -> "JUnit interrupts " + test + ", whose time is over; the event loop of "
                                    + each.loop().owner() + ":\n"
                                    + each.moment().dump())
                            .collect(Collectors.joining("\n")));
        }
    }

    /** Shows it below each timeout of JUnit in {@code failure} that does not show it yet. */
    void addTo(Throwable failure) {
        Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                .filter(TimeoutException.class::isInstance)
                .forEach(this::show);
    }

    private void show(Throwable timeout) {
        Throwable cause = timeout.getCause();
        for (Seen each : loops) {
            List<StackTraceElement> where = each.moment().where();
            if (where.isEmpty()) { // it is not this loop that was interrupted
                continue;
            }
            if (!isShown(each.moment(), timeout)) {
                timeout.addSuppressed(each.loop().interrupted(each.moment()));
            }
            if (cause != null && Stream.of(cause.getStackTrace()).anyMatch(Frames::isOurs)) {
                cause.setStackTrace(
                        where.toArray(StackTraceElement[]::new)); // it has that of the thread below the body
            }
        }
    }

    private static boolean isShown(Moment moment, Throwable timeout) {
        return Stream.of(timeout.getSuppressed())
                .anyMatch(shown -> shown instanceof InterruptedException
                        && String.valueOf(shown.getMessage()).contains(moment.dump()));
    }
}
