package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which phases run on which loop and in which coroutine. */
class LifecycleTests {

    /** Where each phase ran, in order. */
    private static final List<Phase> PHASES = new ArrayList<>();

    private record Phase(String name, EventLoop loop, Thread thread) {}

    private static void phase(String name) {
        PHASES.add(new Phase(name, EventLoop.running(), Thread.currentThread()));
    }

    @BeforeEach
    void forget() {
        PHASES.clear();
    }

    private static List<String> names() {
        return PHASES.stream().map(Phase::name).toList();
    }

    private static List<Phase> all(String... names) {
        return PHASES.stream()
                .filter(phase -> List.of(names).contains(phase.name))
                .toList();
    }

    private static void assertOneCoroutine(List<Phase> phases) {
        assertThat(phases).isNotEmpty();
        assertThat(phases).extracting(Phase::thread).containsOnly(phases.get(0).thread);
        assertThat(phases).extracting(Phase::loop).containsOnly(phases.get(0).loop);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class EveryPhase {
        EveryPhase() {
            phase("constructor");
        }

        @BeforeAll
        static void beforeAll() {
            phase("beforeAll");
        }

        @BeforeEach
        void beforeEach() {
            phase("beforeEach");
        }

        @Test
        void test() {
            phase("test");
        }

        @AfterEach
        void afterEach() {
            phase("afterEach");
        }

        @AfterAll
        static void afterAll() {
            phase("afterAll");
        }
    }

    @Test
    void every_phase_of_a_test_runs_in_one_coroutine() {
        assertThat(Run.of(EveryPhase.class).failures()).isEmpty();
        assertThat(names()).containsExactly("beforeAll", "constructor", "beforeEach", "test", "afterEach", "afterAll");
        assertOneCoroutine(all("constructor", "beforeEach", "test", "afterEach"));
        assertOneCoroutine(all("beforeAll", "afterAll"));
        assertThat(all("test").get(0).loop).isNotSameAs(all("beforeAll").get(0).loop);
    }

    @Test
    void the_coroutine_has_the_name_of_the_test() {
        Run.of(EveryPhase.class);
        assertThat(all("test").get(0).thread.getName()).isEqualTo("LifecycleTests.EveryPhase.test()");
        assertThat(all("beforeAll").get(0).thread.getName()).isEqualTo("LifecycleTests.EveryPhase");
    }

    @Test
    void the_loops_are_closed_afterwards() {
        Run.of(EveryPhase.class);
        assertThat(PHASES).allMatch(phase -> phase.loop.isClosed()).noneMatch(phase -> phase.thread.isAlive());
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        OneInstance() {
            phase("constructor");
        }

        @BeforeAll
        void beforeAll() {
            phase("beforeAll");
        }

        @Test
        void first() {
            phase("test");
        }

        @Test
        void second() {
            phase("test");
        }

        @AfterAll
        void afterAll() {
            phase("afterAll");
        }
    }

    @Test
    void an_instance_for_all_tests_belongs_to_the_coroutine_of_the_class() {
        assertThat(Run.of(OneInstance.class).failures()).isEmpty();
        assertOneCoroutine(all("constructor", "beforeAll", "afterAll"));
        assertThat(all("test")).extracting(Phase::loop).doesNotHaveDuplicates();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Several {
        @BeforeEach
        void beforeEach() {
            phase("beforeEach");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int value, EventLoop loop) {
            assertThat(loop).isSameAs(EventLoop.running());
            phase("parameterized");
        }

        @RepeatedTest(2)
        void repeated() {
            phase("repeated");
        }
    }

    @Test
    void each_invocation_of_a_parameterised_or_repeated_test_has_a_loop_of_its_own() {
        assertThat(Run.of(Several.class).failures()).isEmpty();
        List<Phase> bodies = all("parameterized", "repeated");
        assertThat(bodies).hasSize(4).extracting(Phase::loop).doesNotHaveDuplicates();
        Map<EventLoop, List<Phase>> byLoop = new LinkedHashMap<>();
        PHASES.forEach(phase ->
                byLoop.computeIfAbsent(phase.loop, loop -> new ArrayList<>()).add(phase));
        assertThat(byLoop.values()).hasSize(4).allSatisfy(LifecycleTests::assertOneCoroutine);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Factory {
        private final ReentrantLock lock = new ReentrantLock();

        @BeforeEach
        void beforeEach() {
            lock.lock();
            phase("beforeEach");
        }

        @TestFactory
        List<DynamicTest> factory() {
            phase("factory");
            return List.of(DynamicTest.dynamicTest("one", this::body), DynamicTest.dynamicTest("two", this::body));
        }

        private void body() {
            assertThat(lock.isHeldByCurrentThread()).isTrue();
            phase("dynamic");
        }

        @AfterEach
        void afterEach() {
            lock.unlock();
            phase("afterEach");
        }
    }

    @Test
    void a_factory_and_its_dynamic_tests_run_in_one_coroutine() {
        assertThat(Run.of(Factory.class).failures()).isEmpty();
        assertThat(names()).containsExactly("beforeEach", "factory", "dynamic", "dynamic", "afterEach");
        assertOneCoroutine(PHASES);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Outer {
        @BeforeEach
        void outerBeforeEach() {
            phase("outer beforeEach");
        }

        @Nested
        class Inner {
            @BeforeEach
            void innerBeforeEach() {
                phase("inner beforeEach");
            }

            @Test
            void nested() {
                phase("nested");
            }
        }
    }

    @Test
    void a_nested_class_runs_with_the_set_up_of_the_class_around_it_in_one_coroutine() {
        assertThat(Run.of(Outer.class).failures()).isEmpty();
        assertThat(names()).containsExactly("outer beforeEach", "inner beforeEach", "nested");
        assertOneCoroutine(PHASES);
        assertThat(PHASES.get(0).thread.getName()).isEqualTo("LifecycleTests.Outer.Inner.nested()");
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class ForEachArgument {
        ForEachArgument(int argument) {
            phase("constructor with " + argument);
        }

        @BeforeAll
        static void beforeAll() {
            phase("beforeAll");
        }

        @Test
        void test() {
            phase("test");
        }
    }

    @Test
    void a_parameterised_class_runs_its_tests_for_each_argument() {
        assertThat(Run.of(ForEachArgument.class).failures()).isEmpty();
        assertThat(names()).containsExactly("beforeAll", "constructor with 1", "test", "constructor with 2", "test");
        assertOneCoroutine(PHASES.subList(1, 3));
        assertOneCoroutine(PHASES.subList(3, 5));
    }

    static class ByField {
        @RegisterExtension
        final AsyncLoopExtension extension = new AsyncLoopExtension();

        @BeforeEach
        void beforeEach() {
            phase("beforeEach");
        }

        @Test
        void test(EventLoop loop) {
            assertThat(loop).isSameAs(EventLoop.running());
            phase("test");
        }
    }

    @Test
    void the_extension_may_be_registered_by_a_field() {
        assertThat(Run.of(ByField.class).failures()).isEmpty();
        assertThat(names()).containsExactly("beforeEach", "test");
        assertOneCoroutine(PHASES);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class LockOverPhases {
        private final ReentrantLock lock = new ReentrantLock();

        @BeforeEach
        void take() {
            lock.lock();
        }

        @Test
        void holds() {
            assertThat(lock.isHeldByCurrentThread()).isTrue();
        }

        @AfterEach
        void release() {
            lock.unlock();
        }
    }

    @Test
    void a_lock_taken_before_a_test_is_released_after_it() {
        assertThat(Run.of(LockOverPhases.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Failing {
        @Test
        void checked() throws Exception {
            throw new java.io.IOException("as it is");
        }

        @AfterEach
        void afterEach() {
            phase("afterEach");
        }
    }

    @Test
    void what_a_test_throws_is_reported_itself_and_its_tear_down_runs() {
        Throwable failure = Run.of(Failing.class).failure("checked()");
        assertThat(failure).isInstanceOf(java.io.IOException.class).hasMessage("as it is");
        assertThat(names()).containsExactly("afterEach");
    }

    @Test
    void its_stack_ends_where_junit_called_the_test() {
        assertThat(Run.of(Failing.class).failure("checked()").getStackTrace())
                .isNotEmpty()
                .noneMatch(frame -> frame.getClassName().startsWith("dev.asyncloop.loop.")
                        || frame.getClassName().equals("java.lang.VirtualThread"));
    }
}
