package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the timers, and the commands of executor views, that are not due. */
public final class PendingTimers implements Detector {

    private static final String FIX = "cancel its handle, or wait until it is due";
    private static final String COMMAND_FIX = "cancel its future, or shut its executor down with shutdownNow";

    @Override
    public void find(Closing closing) {
        find(closing.ownLoop().pending(), closing);
    }

    /** Finds those of one loop. */
    static void find(Pending pending, Closing closing) {
        for (HandleSnapshot timer : pending.waiting()) {
            closing.add(leak(timer, pending.leakOf(timer.creator())));
        }
    }

    static Leak leak(HandleSnapshot timer, @Nullable Leak above) {
        return new Leak(
                LeakKind.PENDING_TIMER,
                new Subject.Handle(timer, false),
                timer.created(),
                List.of(),
                timer.kind().isCommand() ? COMMAND_FIX : FIX,
                above,
                null);
    }
}
