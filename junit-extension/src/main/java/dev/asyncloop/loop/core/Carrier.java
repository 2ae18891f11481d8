package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.Sneaky;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The platform thread that runs a loop: virtual threads need one to be carried by. */
final class Carrier {

    private Carrier() {}

    /**
     * Calls {@code run} on the current thread. A virtual thread cannot carry others: for one, {@code run} is called on
     * a platform thread of ours, while the virtual one waits.
     */
    static <T extends @Nullable Object> T run(Callable<T> run) {
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
