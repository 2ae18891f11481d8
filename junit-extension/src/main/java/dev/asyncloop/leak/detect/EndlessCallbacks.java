package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import java.util.List;

/**
 * Finds callbacks that schedule themselves: they are still ready after everything else that could have scheduled them
 * has ended.
 */
public final class EndlessCallbacks implements Detector {

    private static final String FIX = "let it end, e.g. when the test says so, or start a background task instead";

    @Override
    public void find(Closing closing) {
        LoopLeftovers left = closing.ownLoop();
        if (left.account().handles().isEmpty()) {
            return;
        }
        left.settle();
        for (HandleSnapshot handle : left.account().handles()) {
            if (handle.ready()) {
                closing.add(new Leak(
                        LeakKind.PENDING_TIMER,
                        new Subject.Handle(handle, true),
                        handle.created(),
                        List.of(),
                        FIX,
                        null,
                        null));
            }
        }
    }
}
