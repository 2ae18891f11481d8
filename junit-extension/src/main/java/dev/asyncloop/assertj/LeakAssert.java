package dev.asyncloop.assertj;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions of what a leak is and where it comes from. Any thread. */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class LeakAssert extends AbstractAssert<LeakAssert, Leak> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public LeakAssert(@Nullable Leak actual) {
        super(actual, LeakAssert.class);
    }

    /** Asserts that it is of that kind. */
    public LeakAssert hasKind(LeakKind expected) {
        isNotNull();
        return actual.kind() == expected
                ? this
                : unlike("to be of kind " + expected + ", but it is of kind " + actual.kind());
    }

    /** Asserts that its description contains {@code part}. */
    public LeakAssert isDescribedBy(String part) {
        isNotNull();
        return actual.what().contains(part) ? this : unlike("to be described by \"" + part + "\"");
    }

    /** Asserts that it was created, opened or started while {@code method} of {@code type} was under way. */
    public LeakAssert comesFrom(Class<?> type, String method) {
        isNotNull();
        return actual.created().stream().anyMatch(frame -> Stacks.isOf(frame, type, method))
                ? this
                : unlike("to come from " + type.getSimpleName() + "." + method + ", but it comes from"
                        + (actual.created().isEmpty() ? " where nobody saw" : Stacks.lines(actual.created())));
    }

    private LeakAssert unlike(String expectation) {
        throw failure("%nExpecting%n  %s%n%s", actual, expectation);
    }
}
