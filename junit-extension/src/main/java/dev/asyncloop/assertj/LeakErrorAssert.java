package dev.asyncloop.assertj;

import dev.asyncloop.leak.LeakError;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions of the failure of a test that left something behind: those for any throwable, and those of its leaks. Any
 * thread.
 */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class LeakErrorAssert extends AbstractThrowableAssert<LeakErrorAssert, LeakError> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public LeakErrorAssert(@Nullable LeakError actual) {
        super(actual, LeakErrorAssert.class);
    }

    /** Goes on with all leaks, also those that hang below another. */
    public LeaksAssert leaks() {
        isNotNull();
        return new LeaksAssert(actual.leaks());
    }
}
