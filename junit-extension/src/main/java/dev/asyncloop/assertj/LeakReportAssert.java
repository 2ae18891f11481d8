package dev.asyncloop.assertj;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakReport;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.StringAssert;
import org.jspecify.annotations.Nullable;

/** Assertions of a report: what fails its owner, and what is worth a warning. Any thread. */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class LeakReportAssert extends AbstractAssert<LeakReportAssert, LeakReport> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public LeakReportAssert(@Nullable LeakReport actual) {
        super(actual, LeakReportAssert.class);
    }

    /** Asserts that nothing fails the owner. */
    public LeakReportAssert hasNoFailure() {
        isNotNull();
        actual.failure()
                .ifPresent(failure -> failWithMessage("%nExpecting a report without a failure but%n%s", failure));
        return this;
    }

    /** Asserts that nothing is worth a warning. */
    public LeakReportAssert hasNoWarning() {
        isNotNull();
        actual.warning().ifPresent(text -> failWithMessage("%nExpecting a report without a warning but%n%s", text));
        return this;
    }

    /** Goes on with the failure of the owner; fails if there is none. */
    public LeakErrorAssert failure() {
        isNotNull();
        @Nullable LeakError failure = actual.failure().orElse(null);
        if (failure == null) {
            failWithMessage("%nExpecting a report with a failure, but nothing fails the owner");
        }
        return new LeakErrorAssert(failure);
    }

    /** Goes on with the text of the warning; fails if there is none. */
    public StringAssert warning() {
        isNotNull();
        @Nullable String warning = actual.warning().orElse(null);
        if (warning == null) {
            failWithMessage("%nExpecting a report with a warning, but there is none");
        }
        return new StringAssert(warning);
    }
}
