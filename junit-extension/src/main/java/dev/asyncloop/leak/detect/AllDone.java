package dev.asyncloop.leak.detect;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A future that is done when all given tasks are done or the time is over. Uses real time, also where the loop's clock
 * is virtual. Loop thread only.
 */
final class AllDone {

    private final LoopFuture<@Nullable Void> future;
    private int left;

    AllDone(EventLoop loop, List<Task<?>> tasks, Duration limit) {
        future = loop.createFuture();
        left = tasks.size();
        future.completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS);
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
