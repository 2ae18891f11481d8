package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Promises;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs a body of another thread as a task of a loop. Whatever else ends the result cancels the task. */
final class ThreadsafeCall<T extends @Nullable Object> {

    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Any thread. */
    CompletableFuture<T> start(EventLoop loop, Callable<? extends T> body) {
        loop.callSoonThreadsafe(() -> begin(loop, body));
        return result;
    }

    /** Loop thread only. */
    private void begin(EventLoop loop, Callable<? extends T> body) {
        Task<T> task;
        try {
            task = loop.createTask(body);
        } catch (RuntimeException refused) { // by the loop's task factory
            result.completeExceptionally(refused);
            return;
        }
        task.addDoneCallback(this::taskDone);
        result.whenComplete((value, thrown) -> task.cancel(null));
    }

    private void taskDone(LoopFuture<T> task) {
        Throwable failure = Promises.failure(task);
        if (failure == null) {
            result.complete(Promises.outcome(task));
        } else {
            result.completeExceptionally(failure);
        }
    }
}
