package dev.asyncloop.leak;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopSnapshot;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.List;

/** An event loop that its owner did not close: the finding, and the end of the loop. */
final class LeftLoop {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private LeftLoop() {}

    static Leak leak(LoopSnapshot loop) {
        int tasks = loop.tasks().size();
        String state = (loop.running() ? "running, " : "")
                + (tasks == 0 ? "no task" : tasks == 1 ? "1 task" : tasks + " tasks")
                + " pending";
        return new Leak(
                LeakKind.UNCLOSED_LOOP,
                "unclosed event loop (" + state + ")",
                loop.created(),
                List.of(),
                "close it, e.g. with try-with-resources");
    }

    /** Stops the loop if a thread runs it, cancels what is on it, and closes it; a loop that does not stop stays open. */
    static void close(EventLoop loop, Owner owner) {
        if (loop.isRunning()) {
            loop.callSoonThreadsafe(loop::stop);
        }
        if (!loop.awaitStopped(GRACE)) {
            return;
        }
        Leftovers leftovers = new Leftovers(loop, owner);
        if (!leftovers.isEmpty()) {
            leftovers.cancel();
        }
        loop.close();
    }
}
