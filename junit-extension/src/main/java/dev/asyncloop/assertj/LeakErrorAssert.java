package dev.asyncloop.assertj;

import dev.asyncloop.leak.LeakError;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;

/** The failure of a test that left something behind, as any throwable, and what it was. Any thread. */
@SuppressWarnings("exports") // who uses it has AssertJ
public class LeakErrorAssert extends AbstractThrowableAssert<LeakErrorAssert, LeakError> {

    /** For soft assertions. */
    public LeakErrorAssert(@Nullable LeakError actual) {
        super(actual, LeakErrorAssert.class);
    }

    /** Goes on with what was left behind, also what hangs below another. */
    public LeaksAssert leaks() {
        isNotNull();
        return new LeaksAssert(actual.leaks());
    }
}
