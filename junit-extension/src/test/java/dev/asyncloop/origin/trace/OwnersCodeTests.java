package dev.asyncloop.origin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a test calls is told from the lines of its own class, of those around and within it, and of their superclasses. */
class OwnersCodeTests extends BaseOfOwnersCode {

    private static final StackTraceElement LIBRARY = frame("org.shop.Client", "connect");
    private static final StackTraceElement HELPER = frame("org.shop.Helper", "get");

    private final OwnersCode code = new OwnersCode(Within.class);

    @Nested
    class Within {}

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "Shop.java", 1);
    }

    private static StackTraceElement own(String type) {
        return frame(type, "gets");
    }

    @Test
    void what_the_test_called_ends_where_its_code_begins() {
        for (Class<?> type : List.of(Within.class, OwnersCodeTests.class, BaseOfOwnersCode.class)) {
            for (String name : List.of(type.getName(), type.getName() + "$1")) {
                List<StackTraceElement> stack = List.of(LIBRARY, HELPER, own(name), HELPER, own(name));
                assertThat(code.innermost(stack)).as(name).isSameAs(stack.get(2));
                assertThat(code.called(stack)).as(name).containsExactly(LIBRARY, HELPER);
            }
        }
    }

    @Test
    void a_stack_that_begins_with_it_or_does_not_have_it_is_whole() {
        List<StackTraceElement> first = List.of(own(Within.class.getName()), HELPER);
        assertThat(code.called(first)).isEqualTo(first);
        List<StackTraceElement> without = List.of(LIBRARY, own(OwnersCodeTests.class.getName() + "Twin"));
        assertThat(code.innermost(without)).isNull();
        assertThat(code.called(without)).isEqualTo(without);
        List<StackTraceElement> stack = List.of(LIBRARY, own(Within.class.getName()));
        assertThat(new OwnersCode(null).called(stack)).isEqualTo(stack);
    }
}

/** Stands for the superclass of a test. */
class BaseOfOwnersCode {}
