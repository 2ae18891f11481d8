package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.AssumptionViolatedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** A test whose assumption failed stays aborted, whatever it left behind, and a disabled one stays disabled. */
class AbortedLeakTests {

    /** So that the log does not say that there is no agent. */
    @RegisterExtension
    static final LeftOpen SEEN = new LeftOpen();

    private final LogCapture log = LogCapture.start();

    @AfterEach
    void stop() {
        log.close();
    }

    private static void leave(EventLoop loop) {
        loop.createTask("left", () -> Asyncio.sleep(Duration.ofHours(1)));
    }

    private static void leaveAndAbort(EventLoop loop) {
        leave(loop);
        Assumptions.abort("not here");
    }

    /** Ensures that what aborted something has one leak suppressed in it. */
    private static void ensureLeaksAreSuppressed(Throwable aborted) {
        assertThat(aborted).isInstanceOf(TestAbortedException.class).hasMessageContaining("not here");
        assertThat(Stream.of(aborted.getSuppressed()).filter(LeakError.class::isInstance))
                .singleElement()
                .satisfies(leak -> assertThat(leak).hasMessageContaining("1. pending task \"left\""));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Various {
        @Test
        void aborts_and_leaks(EventLoop loop) {
            leaveAndAbort(loop);
        }

        @Test
        void aborts() {
            Assumptions.abort("not here");
        }

        @Test
        void fails_and_leaks(EventLoop loop) {
            leave(loop);
            throw new IllegalStateException("by itself");
        }

        @Test
        void leaks(EventLoop loop) {
            leave(loop);
        }

        @Test
        @Disabled
        void disabled(EventLoop loop) {
            leave(loop);
        }
    }

    @Test
    void an_aborted_test_that_leaks_stays_aborted_and_the_log_tells_what_it_left() {
        Run run = Run.of(Various.class);
        assertThat(run.aborted()).containsExactlyInAnyOrder("aborts_and_leaks(EventLoop)", "aborts()");
        assertThat(run.skipped()).containsExactly("disabled(EventLoop)");
        ensureLeaksAreSuppressed(run.failure("aborts_and_leaks(EventLoop)"));
        assertThat(run.failure("aborts()")).hasNoSuppressedExceptions();
        assertThat(log.messages())
                .isEqualTo(run.entries())
                .singleElement()
                .asString()
                .startsWith("AbortedLeakTests.Various.aborts_and_leaks() left 1 thing behind\n  1. pending task");
    }

    @Test
    void one_that_fails_stays_failed_with_both() {
        Run run = Run.of(Various.class);
        assertThat(run.failure("fails_and_leaks(EventLoop)"))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(LeakError.class));
        assertThat(run.failure("leaks(EventLoop)")).isInstanceOf(LeakError.class);
    }

    @Test
    void among_the_findings_the_leak_is_a_warning(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.jsonl");
        Run.with(Map.of(Constants.LEAKS_JSON_PARAMETER, file.toString()), Various.class);
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("aborts_and_leaks"))
                .singleElement()
                .asString()
                .contains("\"mode\":\"warn\"");
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("fails_and_leaks"))
                .singleElement()
                .asString()
                .contains("\"mode\":\"fail\"");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class BeforeEachOne {
        @BeforeEach
        void prepare(EventLoop loop) {
            leaveAndAbort(loop);
        }

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class AfterEachOne {
        @AfterEach
        void cleanUp(EventLoop loop) {
            leaveAndAbort(loop);
        }

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class InTheConstructor {
        InTheConstructor(EventLoop loop) {
            leaveAndAbort(loop);
        }

        @Test
        void test() {}
    }

    static class Refuses implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            Assumptions.abort("not here");
        }
    }

    @ExtendWith({AsyncLoopExtension.class, Refuses.class})
    static class ByAnotherExtension {
        ByAnotherExtension(EventLoop loop) {
            leave(loop);
        }

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Invocations {
        @ParameterizedTest(name = "test()")
        @ValueSource(ints = 1)
        void test(int number, EventLoop loop) {
            leaveAndAbort(loop);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WithAFixture {
        @RegisterExtension
        final LoopFixture<String> made = LoopFixture.<String>of(String.class, () -> {
            leave(EventLoop.running());
            return "made";
        });

        @Test
        void test() {
            Assumptions.abort("not here");
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ByAFixture {
        @RegisterExtension
        final LoopFixture<String> refusing = LoopFixture.<String>of(String.class, () -> {
            leaveAndAbort(EventLoop.running());
            return "never";
        });

        @Test
        void test() {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                BeforeEachOne.class,
                AfterEachOne.class,
                InTheConstructor.class,
                ByAnotherExtension.class,
                Invocations.class,
                WithAFixture.class,
                ByAFixture.class
            })
    void so_does_one_that_another_part_of_it_aborts(Class<?> fixture) {
        Run run = Run.of(fixture);
        assertThat(run.aborted()).containsExactly("test()");
        assertThat(run.failures()).containsOnlyKeys("test()");
        ensureLeaksAreSuppressed(run.failure("test()"));
        assertThat(log.messages())
                .isEqualTo(run.entries())
                .singleElement()
                .asString()
                .contains("left 1 thing");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Factory {
        @TestFactory
        Stream<DynamicNode> tests(EventLoop loop) {
            return Stream.of(
                    DynamicTest.dynamicTest("aborts", () -> leaveAndAbort(loop)),
                    DynamicContainer.dynamicContainer(
                            "inner", List.of(DynamicTest.dynamicTest("aborts too", () -> leaveAndAbort(loop)))),
                    DynamicTest.dynamicTest("leaks", () -> leave(loop)),
                    DynamicTest.dynamicTest("aborts cleanly", () -> Assumptions.abort("not here")));
        }

        @TestFactory
        Stream<DynamicNode> none(EventLoop loop) {
            leaveAndAbort(loop);
            return Stream.of();
        }
    }

    @Test
    void so_does_a_dynamic_test_and_a_factory() {
        Run run = Run.of(Factory.class);
        assertThat(run.aborted())
                .containsExactlyInAnyOrder("aborts", "aborts too", "aborts cleanly", "none(EventLoop)");
        assertThat(run.failure("leaks")).isInstanceOf(LeakError.class);
        assertThat(run.failure("aborts cleanly")).hasNoSuppressedExceptions();
        ensureLeaksAreSuppressed(run.failure("aborts"));
        ensureLeaksAreSuppressed(run.failure("aborts too"));
        ensureLeaksAreSuppressed(run.failure("none(EventLoop)"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class BeforeAllOfThem {
        @BeforeAll
        static void prepare(EventLoop loop) {
            leaveAndAbort(loop);
        }

        @Test
        void never() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class AfterAllOfThem {
        @Test
        void test() {}

        @AfterAll
        static void cleanUp(EventLoop loop) {
            leaveAndAbort(loop);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class InTheOneConstructor {
        InTheOneConstructor(EventLoop loop) {
            leaveAndAbort(loop);
        }

        @Test
        void never() {}
    }

    @ParameterizedTest
    @ValueSource(classes = {BeforeAllOfThem.class, AfterAllOfThem.class, InTheOneConstructor.class})
    void so_does_a_class(Class<?> fixture) {
        Run run = Run.of(fixture);
        String name = "AbortedLeakTests$" + fixture.getSimpleName();
        assertThat(run.aborted()).containsExactly(name);
        ensureLeaksAreSuppressed(run.failure(name));
        assertThat(log.messages()).singleElement().asString().contains("left 1 thing");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Outer {
        @Nested
        class Inner {
            @Test
            void aborts(EventLoop loop) {
                leaveAndAbort(loop);
            }
        }

        @Test
        void leaks_beside_it(EventLoop loop) {
            leave(loop);
        }
    }

    @Test
    void what_is_beside_an_aborted_one_fails_as_ever() {
        Run run = Run.of(Outer.class);
        assertThat(run.aborted()).containsExactly("aborts(EventLoop)");
        assertThat(run.failure("leaks_beside_it(EventLoop)")).isInstanceOf(LeakError.class);
    }

    static class Forgives implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {
            // as if it had passed
        }
    }

    @ExtendWith({AsyncLoopExtension.class, Forgives.class})
    static class Forgiven {
        @Test
        void aborts(EventLoop loop) {
            leaveAndAbort(loop);
        }
    }

    @Test
    void one_that_another_extension_lets_pass_fails_for_its_leak() {
        assertThat(Run.of(Forgiven.class).failure("aborts(EventLoop)")).isInstanceOf(LeakError.class);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FailsLater {
        @AfterEach
        void cleanUp() {
            throw new IllegalStateException("by itself");
        }

        @Test
        void aborts(EventLoop loop) {
            leaveAndAbort(loop);
        }
    }

    @Test
    void one_whose_tear_down_fails_is_failed_with_both() {
        Throwable failure = Run.of(FailsLater.class).failure("aborts(EventLoop)");
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getSuppressed())
                .hasAtLeastOneElementOfType(TestAbortedException.class)
                .hasAtLeastOneElementOfType(LeakError.class);
        assertThat(log.messages()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class AsInJUnit4 {
        @Test
        void aborts(EventLoop loop) {
            leave(loop);
            throw new AssumptionViolatedException("not here");
        }
    }

    @Test
    void an_assumption_of_junit_4_counts_as_well() {
        Run run = Run.of(AsInJUnit4.class);
        assertThat(run.aborted()).containsExactly("aborts(EventLoop)");
        assertThat(run.failure("aborts(EventLoop)").getSuppressed()).hasAtLeastOneElementOfType(LeakError.class);
    }
}
