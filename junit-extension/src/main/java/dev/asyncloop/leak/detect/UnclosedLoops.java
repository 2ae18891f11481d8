package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.account.LoopAccount;
import dev.asyncloop.loop.snapshot.LoopSnapshot;
import java.util.List;

/**
 * Finds the event loops that their owner did not close, with what is pending on them, and closes them.
 *
 * <p>A thread that is still where it made its loop may be about to close it, so it gets the same time as other things.
 */
public final class UnclosedLoops implements Detector {

    private static final long LONGEST_STEP_MILLIS = 50;
    private static final String FIX = "close it, e.g. with try-with-resources";

    @Override
    public void find(Closing closing) {
        if (open(closing).isEmpty()) {
            return;
        }
        Patience patience = new Patience(closing::pause);
        try {
            patience.waitWhile(() -> anyMayBeClosed(closing), Patience.MILLIS, LONGEST_STEP_MILLIS);
            for (LoopAccount account : open(closing)) {
                LoopEnd end = new LoopEnd(account, patience);
                Leak leak = leak(account.loop().snapshot());
                closing.add(leak);
                Pending pending = end.pending();
                if (pending != null) {
                    pending.loopLeaked(leak);
                    PendingTasks.find(pending, closing);
                    UnfinishedGenerators.find(pending, closing);
                    PendingTimers.find(pending, closing);
                }
                end.close();
            }
        } finally {
            patience.end();
        }
    }

    private static List<LoopAccount> open(Closing closing) {
        return EventLoop.accountsOf(closing.owner(), closing.own());
    }

    /** Whether a thread may be about to close a loop for which it is worth waiting. */
    private static boolean anyMayBeClosed(Closing closing) {
        return open(closing).stream()
                .anyMatch(account -> LoopEnd.isMakerAtWork(account)
                        && !closing.account().letsPass(leak(account.loop().snapshot())));
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
}
