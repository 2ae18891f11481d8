package dev.asyncloop.loop.groups;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.core.Promise;
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

    /** It failed; it was cancelled where the failure is a {@link java.util.concurrent.CancellationException}. */
    record Failure<T extends @Nullable Object>(Throwable failure) implements Outcome<T> {

        @Override
        public T get() {
            throw Sneaky.rethrow(failure);
        }
    }

    /** The result; throws what it failed with itself, also a checked exception. */
    T get();

    /** The outcome of a future that is done. */
    @SuppressWarnings("exports") // every LoopFuture is one
    static <T extends @Nullable Object> Outcome<T> of(Promise<T> done) {
        Throwable failure = Promises.failure(done);
        return failure == null ? new Success<>(Promises.outcome(done)) : new Failure<>(failure);
    }
}
