package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.core.Promises;
import org.jspecify.annotations.Nullable;

/**
 * What a future ended with, as a value: see {@link Asyncio#gatherOutcomes}.
 *
 * @param <T> the type of the result
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /** It ended with a result. */
    record Success<T extends @Nullable Object>(T result) implements Outcome<T> {

        @Override
        public T get() {
            return result;
        }
    }

    /** It failed. It was cancelled if the failure is a {@link java.util.concurrent.CancellationException}. */
    record Failure<T extends @Nullable Object>(Throwable failure) implements Outcome<T> {

        @Override
        public T get() {
            throw Sneaky.rethrow(failure);
        }
    }

    /** The result. Throws the failure without a wrapper, even a checked exception. */
    T get();

    /** The outcome of a future that is done. */
    static <T extends @Nullable Object> Outcome<T> of(LoopFuture<T> done) {
        Throwable failure = Promises.failure(done);
        return failure == null ? new Success<>(Promises.outcome(done)) : new Failure<>(failure);
    }
}
