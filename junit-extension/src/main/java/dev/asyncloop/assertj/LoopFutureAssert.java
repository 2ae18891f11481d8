package dev.asyncloop.assertj;

import dev.asyncloop.loop.LoopFuture;
import org.assertj.core.api.AbstractCompletableFutureAssert;
import org.jspecify.annotations.Nullable;

/**
 * What AssertJ asserts of any future. In a task, an assertion that waits, such as {@code succeedsWithin}, lets the loop run meanwhile.
 *
 * @param <T> the result
 */
@SuppressWarnings("exports") // who uses it has AssertJ
public class LoopFutureAssert<T> extends AbstractCompletableFutureAssert<LoopFutureAssert<T>, T> {

    /** For soft assertions. */
    public LoopFutureAssert(@Nullable LoopFuture<T> actual) {
        super(actual, LoopFutureAssert.class);
    }
}
