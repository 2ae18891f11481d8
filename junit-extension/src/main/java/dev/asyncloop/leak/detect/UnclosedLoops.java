package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.snapshot.LoopSnapshot;
import java.time.Duration;
import java.util.List;

/** Finds the event loops that their owner did not close, and closes them. */
public final class UnclosedLoops implements Detector {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final String FIX = "close it, e.g. with try-with-resources";

    @Override
    public void find(Closing closing) {
        for (LoopAccount account : EventLoop.accountsOf(closing.owner(), closing.own())) {
            closing.add(leak(account.loop().snapshot()));
            close(account);
        }
    }

    private static Leak leak(LoopSnapshot loop) {
        return new Leak(
                LeakKind.UNCLOSED_LOOP,
                new Subject.Loop(loop.running(), loop.tasks().size()),
                loop.created(),
                List.of(),
                FIX,
                null,
                null);
    }

    /**
     * Stops the loop if a thread runs it, cancels what is on it, and closes it. A loop that does not stop stays open.
     */
    private static void close(LoopAccount account) {
        LoopLeftovers left = new LoopLeftovers(account);
        if (account.stop(GRACE)) {
            if (!left.isEmpty()) {
                left.cancel();
            }
            account.loop().close();
        }
    }
}
