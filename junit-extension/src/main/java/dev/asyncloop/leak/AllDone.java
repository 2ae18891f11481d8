package dev.asyncloop.leak;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TimerHandle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits until tasks are done, or the time is over. */
final class AllDone {

    private final LoopFuture<@Nullable Void> future;
    private int left;

    AllDone(EventLoop loop, List<Task<?>> tasks, Duration limit) {
        future = loop.createFuture();
        left = tasks.size();
        TimerHandle timer = loop.callLater(limit, () -> future.complete(null));
        future.addDoneCallback(done -> timer.cancel());
        tasks.forEach(this::countDown);
    }

    private <T extends @Nullable Object> void countDown(Task<T> task) {
        task.addDoneCallback(done -> {
            if (--left == 0) {
                future.complete(null);
            }
        });
    }

    LoopFuture<@Nullable Void> future() {
        return future;
    }
}
