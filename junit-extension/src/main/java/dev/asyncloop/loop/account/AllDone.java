package dev.asyncloop.loop.account;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop until some of its futures are done, or a time is over: real time, whatever the clock of the loop says.
 */
public final class AllDone {

    private final LoopFuture<@Nullable Void> over;

    /** How many futures are not done. Loop thread only. */
    private int left;

    private AllDone(EventLoop loop, List<? extends LoopFuture<?>> futures, long nanos) {
        over = loop.createFuture();
        left = futures.size();
        over.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        futures.forEach(this::countDown);
    }

    private <T extends @Nullable Object> void countDown(LoopFuture<T> future) {
        future.addDoneCallback(done -> {
            if (--left == 0) {
                over.complete(null);
            }
        });
    }

    /**
     * Runs {@code loop} on the calling thread until {@code futures}, of which there is one at least, are done or the
     * time is over, and returns whether all are done.
     *
     * @param end when the time is over, as {@link System#nanoTime()} tells it
     */
    public static boolean await(EventLoop loop, List<? extends LoopFuture<?>> futures, long end) {
        AllDone waiting = new AllDone(loop, futures, Math.max(0, end - System.nanoTime()));
        loop.runUntilComplete(waiting.over);
        return waiting.left == 0;
    }
}
