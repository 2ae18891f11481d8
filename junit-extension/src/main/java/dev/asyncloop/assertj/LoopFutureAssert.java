package dev.asyncloop.assertj;

import dev.asyncloop.loop.LoopFuture;
import org.assertj.core.api.AbstractCompletableFutureAssert;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ's assertions of any future. In a task, an assertion that waits, such as {@code succeedsWithin}, lets the loop
 * run meanwhile.
 *
 * @param <T> the type of the result
 */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class LoopFutureAssert<T> extends AbstractCompletableFutureAssert<LoopFutureAssert<T>, T> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public LoopFutureAssert(@Nullable LoopFuture<T> actual) {
        super(actual, LoopFutureAssert.class);
    }
}
