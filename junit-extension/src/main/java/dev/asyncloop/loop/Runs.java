package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a loop, up to the end of a future; and the platform thread that a run needs. */
final class Runs {

    private Runs() {}

    /** asyncio's {@code run_until_complete}; {@code start} makes the future on the thread that runs the loop. */
    static <T extends @Nullable Object> T untilComplete(EventLoop loop, Supplier<LoopFuture<T>> start) {
        return onPlatformThread(() -> {
            LoopFuture<T> future = start.get();
            future.addDoneCallback(loop.driver()::completed);
            loop.driver().run(future);
            if (!future.isDone()) {
                throw Misuse.stoppedBeforeCompletion();
            }
            return future.outcome();
        });
    }

    static Callable<@Nullable Void> asCallable(ThrowingRunnable body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            body.run();
            return null;
        };
    }

    /**
     * Calls {@code run} on the current thread, or, since a virtual thread cannot carry others, on a platform thread of ours
     * while the virtual one waits.
     */
    static <T extends @Nullable Object> T onPlatformThread(Callable<T> run) {
        try {
            return Thread.currentThread().isVirtual() ? onAnotherThread(run) : run.call();
        } catch (Exception thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private static <T extends @Nullable Object> T onAnotherThread(Callable<T> run) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread carrier = Thread.ofPlatform().daemon().name("asyncloop-carrier").start(() -> {
            try {
                result.complete(run.call());
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
        while (true) {
            try {
                return result.get();
            } catch (InterruptedException forwarded) {
                carrier.interrupt(); // the run decides what becomes of it
            } catch (ExecutionException failed) {
                throw Sneaky.rethrow(failed.getCause() == null ? failed : failed.getCause());
            }
        }
    }
}
