package dev.asyncloop.assertj;

import dev.asyncloop.loop.AsyncGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions of what a generator yields. Each assertion iterates the generator, which can be done once, and closes it.
 * Only a task of the generator's loop may call them.
 *
 * @param <T> the type of the values
 */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class AsyncGeneratorAssert<T> extends AbstractAssert<AsyncGeneratorAssert<T>, AsyncGenerator<T>> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public AsyncGeneratorAssert(@Nullable AsyncGenerator<T> actual) {
        super(actual, AsyncGeneratorAssert.class);
    }

    /**
     * Asserts that it yields these values in this order, and then ends. Asks for one value more than it should yield.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public final AsyncGeneratorAssert<T> yieldsExactly(T... values) {
        return yields("exactly", Arrays.asList(values), values.length + 1);
    }

    /** Asserts that it yields these values first, in this order. Asks for no value after them. */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public final AsyncGeneratorAssert<T> yieldsFirst(T... values) {
        return yields("first", Arrays.asList(values), values.length);
    }

    private AsyncGeneratorAssert<T> yields(String how, List<T> expected, int most) {
        List<T> yielded = take(most);
        if (yielded.equals(expected)) {
            return this;
        }
        throw failure(
                "%nExpecting%n  %s%nto yield %s%n  %s%nbut it yielded%n  %s%s",
                actual, how, expected, yielded, yielded.size() > expected.size() ? " and maybe more" : "");
    }

    private List<T> take(int most) {
        isNotNull();
        List<T> yielded = new ArrayList<>();
        try (AsyncGenerator<T> closing = actual) {
            for (Iterator<T> values = closing.iterator(); yielded.size() < most && values.hasNext(); ) {
                yielded.add(values.next());
            }
        }
        return yielded;
    }
}
