package dev.asyncloop.samples.scope;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static dev.asyncloop.jupiter.LoopScope.Scope.METHOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.LoopScope;
import dev.asyncloop.loop.EventLoop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which loop a test runs on where its class shares one. */
// tag::which[]
@LoopScope(CLASS)
class WhichLoopTests {

    private static EventLoop ofTheClass;

    @BeforeAll
    static void note(EventLoop loop) {
        ofTheClass = loop;
    }

    @Test
    void a_test_runs_on_the_loop_of_its_class(EventLoop loop) {
        assertThat(loop).isSameAs(ofTheClass);
    }

    @Test
    @LoopScope(METHOD)
    void unless_it_says_that_it_has_its_own(EventLoop loop) {
        assertThat(loop).isNotSameAs(ofTheClass);
    }

    @Nested
    class A_nested_class {

        @Test
        void shares_that_loop(EventLoop loop) {
            assertThat(loop).isSameAs(ofTheClass);
        }
    }

    @Nested
    @LoopScope(CLASS)
    class A_nested_class_with_the_annotation {

        @Test
        void shares_a_loop_among_its_own_tests(EventLoop loop) {
            assertThat(loop).isNotSameAs(ofTheClass);
        }
    }
}
// end::which[]
