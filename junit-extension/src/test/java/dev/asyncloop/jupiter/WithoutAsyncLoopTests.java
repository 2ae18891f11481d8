package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.core.Here;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that are left to JUnit. */
class WithoutAsyncLoopTests {

    /** What is called, and whether it was on a loop. */
    private static final Map<String, Boolean> ON_LOOP = new ConcurrentHashMap<>();

    private static final String NAME = WithoutAsyncLoopTests.class.getName();

    private static void note(String phase) {
        ON_LOOP.put(phase, Here.running() != null);
    }

    /** All that JUnit calls, and a leak that would fail it. */
    @ExtendWith(AsyncLoopExtension.class)
    static class Every {
        Every() {
            note("constructor");
        }

        @BeforeAll
        static void before_all() {
            note("before all");
        }

        @BeforeEach
        void before_each() {
            note("before each");
        }

        @Test
        void test() {
            note("test");
            EventLoop.create();
        }

        @RepeatedTest(1)
        void template() {
            note("template");
        }

        @TestFactory
        Stream<DynamicTest> factory() {
            note("factory");
            return Stream.of(DynamicTest.dynamicTest("dynamic", () -> note("dynamic")));
        }

        @AfterEach
        void after_each() {
            note("after each");
        }

        @AfterAll
        static void after_all() {
            note("after all");
        }

        @Nested
        class Inner {
            @Test
            void nested() {
                note("nested");
            }
        }
    }

    // tag::annotated[]
    @WithoutAsyncLoop // and its subclasses, and what is nested in it
    static class Annotated extends Every {}
    // end::annotated[]

    static class OfAnnotated extends Annotated {}

    private static Set<String> failed(Map<String, String> parameters, Class<?> fixture) {
        ON_LOOP.clear();
        return Run.with(parameters, fixture).failures().keySet();
    }

    private static void assertLeftOut() {
        assertThat(ON_LOOP)
                .containsOnlyKeys(
                        "constructor",
                        "before all",
                        "before each",
                        "test",
                        "template",
                        "factory",
                        "dynamic",
                        "nested",
                        "after each",
                        "after all")
                .doesNotContainValue(true);
    }

    @Test
    void an_annotation_leaves_out_a_class_its_subclasses_and_those_nested_in_it() {
        assertThat(failed(Map.of(), Annotated.class)).isEmpty();
        assertLeftOut();
        assertThat(failed(Map.of(), OfAnnotated.class)).isEmpty();
        assertLeftOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "dev.asyncloop.*", "com.example.Orders, *Tests$Every", "*AsyncLoopTests"})
    void a_parameter_leaves_out_classes_by_their_names(String names) {
        assertThat(failed(Map.of("asyncloop.without", names), Every.class)).isEmpty();
        assertLeftOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example.*", "Every", "dev.asyncloop", "*Test"})
    void others_are_not_left_out(String names) {
        assertThat(failed(Map.of("asyncloop.without", names), Every.class)).containsExactly("test()");
        assertThat(ON_LOOP).doesNotContainValue(false);
    }

    @Test
    void what_is_no_name_of_a_class_is_refused() {
        assertThat(Run.with(Map.of("asyncloop.without", "com example"), Every.class)
                        .failure("WithoutAsyncLoopTests$Every"))
                .hasMessage(
                        "The configuration parameter asyncloop.without is 'com example'; it may be names of classes,"
                                + " with '*' for any characters and ',' between them");
    }

    @WithoutAsyncLoop
    static class HasFixture {
        @RegisterExtension
        static final LoopFixture<String> APPLE = LoopFixture.of(String.class, () -> "apple");

        @Test
        void eats() {}
    }

    @Test
    void a_fixture_of_such_a_class_is_refused() {
        assertThat(Run.of(HasFixture.class).failure("WithoutAsyncLoopTests$HasFixture"))
                .hasMessage(
                        "The fixture WithoutAsyncLoopTests.HasFixture.APPLE needs a loop, and its class is left out:"
                                + " take out @WithoutAsyncLoop, its name in asyncloop.without, or the fixture");
    }
}
