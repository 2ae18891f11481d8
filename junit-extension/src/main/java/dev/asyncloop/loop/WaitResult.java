package dev.asyncloop.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link Asyncio#awaitDone(java.util.Collection)}: which futures are done, and which are not. Each future
 * is there once, in the order in which they were given. A stage of another library is there as its
 * {@link EventLoop#wrap wrapper}.
 *
 * @param <T> the type of their results
 * @param done those that are done, however they ended
 * @param pending those that are not; they go on
 */
public record WaitResult<T extends @Nullable Object>(List<LoopFuture<T>> done, List<LoopFuture<T>> pending) {

    /** Copies both lists. */
    public WaitResult {
        done = List.copyOf(done);
        pending = List.copyOf(pending);
    }
}
