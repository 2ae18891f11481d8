package dev.asyncloop.assertj;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.FactoryBasedNavigableListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions of a list of leaks, in addition to AssertJ's for any list. Its elements lead to a {@link LeakAssert}. Any
 * thread.
 */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class LeaksAssert extends FactoryBasedNavigableListAssert<LeaksAssert, List<? extends Leak>, Leak, LeakAssert> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public LeaksAssert(@Nullable List<? extends Leak> actual) {
        super(actual, LeaksAssert.class, LeakAssert::new);
    }

    /** Asserts that there are none. */
    public LeaksAssert areNone() {
        isNotNull();
        if (actual.isEmpty()) {
            return this;
        }
        throw failure(
                "%nExpecting nothing to be left behind, but there %s%s",
                actual.size() == 1 ? "is" : "are " + actual.size(), Stacks.lines(actual));
    }

    /** Asserts that they are of exactly these kinds, in any order, with a kind named once for each leak. */
    public LeaksAssert haveExactlyTheKinds(LeakKind... kinds) {
        isNotNull();
        List<LeakKind> expected = Stream.of(kinds).sorted().toList();
        List<LeakKind> found = actual.stream().map(Leak::kind).sorted().toList();
        if (found.equals(expected)) {
            return this;
        }
        throw failure(
                "%nExpecting leaks of the kinds%n  %s%nbut they are%n  %s%s", expected, found, Stacks.lines(actual));
    }
}
