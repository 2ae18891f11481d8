package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.StuckLoopException;
import dev.asyncloop.loop.Task;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No phase of a test hangs for ever: it comes to its limit, or to the certainty that nothing can wake its loop. */
@Timeout(60)
class LoopLimitTests {

    private static final String PARAMETER = Constants.TIMEOUT_PARAMETER;

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Hangs {
        @Test
        @Order(1)
        void hangs(EventLoop loop) {
            loop.createTask("poll", () -> Asyncio.sleep(Duration.ofHours(1)));
            loop.createFuture().await();
        }

        @Test
        @Order(2)
        void next(EventLoop loop) {
            assertThat(loop.createTask(() -> 42).await()).isEqualTo(42);
        }

        @AfterEach
        void tearDown(EventLoop loop) {
            assertThat(loop.createTask(() -> "torn down").await()).isEqualTo("torn down");
        }
    }

    @Test
    void a_test_that_hangs_fails_with_the_picture_and_its_leaks_and_the_next_one_runs() {
        Run run = Run.with(Map.of(PARAMETER, "100 ms"), Hangs.class);
        assertThat(run.failures()).containsOnlyKeys("hangs(EventLoop)");
        assertThat(run.succeeded()).contains("next(EventLoop)");
        assertThat(run.failure("hangs(EventLoop)"))
                .isInstanceOf(StuckLoopException.class)
                .hasMessageStartingWith("The event loop was not done within its timeout of 100 ms, which"
                        + " LoopOptions.timeout sets, and under JUnit the configuration parameter asyncloop.timeout\n"
                        + "  1. task \"LoopLimitTests.Hangs.hangs()\" (suspended in await of a future)\n")
                .hasMessageContaining("\n  2. task \"poll\" (suspended in sleep, 60 min left)\n")
                .extracting(failure -> failure.getSuppressed()[0])
                .isInstanceOf(LeakError.class)
                .asString()
                .contains("pending task \"poll\"");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class TakesItsTime {
        @Test
        @Timeout(30)
        void longer_than_the_limit() {
            Asyncio.sleep(Duration.ofMillis(300));
        }

        @Nested
        @LoopScope(LoopScope.Scope.CLASS)
        class OnOneLoop {
            @Test
            @Timeout(30)
            void too() {
                Asyncio.sleep(Duration.ofMillis(300));
            }
        }
    }

    @Test
    void a_longer_timeout_of_junit_is_waited_for() {
        assertThat(Run.with(Map.of(PARAMETER, "100 ms"), TakesItsTime.class).failures())
                .isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class SetUpHangs {
        @BeforeAll
        static void hangs(EventLoop loop) {
            loop.createFuture().await();
        }

        @Test
        void never() {}
    }

    @Test
    void so_does_a_class_whose_set_up_hangs() {
        assertThat(Run.with(Map.of(PARAMETER, "100ms"), SetUpHangs.class).failure("LoopLimitTests$SetUpHangs"))
                .isInstanceOf(StuckLoopException.class)
                .hasMessageContaining("1. task \"LoopLimitTests.SetUpHangs\" (suspended in await of a future)");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Circle {
        @Test
        void awaits_itself() {
            Task<?> me = Asyncio.currentTask();
            EventLoop.running().createTask("child", () -> me.await()).await();
        }
    }

    @Test
    void a_circle_fails_at_once_whatever_the_limit() {
        for (String limit : new String[] {"off", "1 h"}) {
            Run run = Run.with(Map.of(PARAMETER, limit), Circle.class);
            assertThat(run.failures()).hasSize(1);
            assertThat(run.failure("awaits_itself()"))
                    .isInstanceOf(StuckLoopException.class)
                    .hasMessageStartingWith("The event loop can never go on: task"
                            + " \"LoopLimitTests.Circle.awaits_itself()\" awaits task \"child\" (LoopLimitTests.java:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "0 s", "-1 s", "1.5 s", "60 sec", "99999999999999999999 s", "9999999999999999 d"})
    void another_value_is_refused_before_anything_runs(String value) {
        assertThat(Run.with(Map.of(PARAMETER, value), Circle.class).failure("LoopLimitTests$Circle"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("The configuration parameter asyncloop.timeout is '" + value
                        + "'; it may be a time such as '60 s', '100 ms' or '5 m', or 'off'");
    }
}
