package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.Latches;
import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that JUnit's {@code @Timeout} interrupts ends, with what was pending listed, and the next test runs. */
class TimeoutTests {

    private static final Duration LONG = Duration.ofHours(1);

    /** The next test, and a tear-down that needs the loop. */
    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    abstract static class WithNext {
        @AfterEach
        void tearDown(EventLoop loop) {
            assertThat(loop.createTask(() -> "torn down").await()).isEqualTo("torn down");
        }

        @Test
        @Order(2)
        void next(EventLoop loop) {
            assertThat(loop.createTask(() -> 42).await()).isEqualTo(42);
        }
    }

    private static Throwable timeoutOf(Class<?> fixture) {
        Run run = Run.of(fixture);
        assertThat(run.failures()).containsOnlyKeys("times_out(EventLoop)");
        assertThat(run.succeeded()).contains("next(EventLoop)");
        Throwable failure = run.failure("times_out(EventLoop)");
        assertThat(failure).isInstanceOf(TimeoutException.class).hasMessageContaining("timed out");
        return failure;
    }

    private static <T extends Throwable> T suppressed(Throwable failure, Class<T> type) {
        return Arrays.stream(failure.getSuppressed())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " suppressed by it", failure));
    }

    static class Sleeps extends WithNext {
        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void times_out(EventLoop loop) {
            loop.createTask("poll", () -> Asyncio.sleep(LONG));
            Asyncio.sleep(LONG);
        }
    }

    @Test
    void the_tasks_are_listed_and_what_was_left_is_charged() {
        Throwable failure = timeoutOf(Sleeps.class);
        assertThat(suppressed(failure, InterruptedException.class))
                .hasMessageStartingWith("interrupted while the event loop was running\n")
                .hasMessageContaining("task \"TimeoutTests.Sleeps.times_out()\"")
                .hasMessageContaining("task \"poll\" (suspended in sleep, 60 min left)");
        assertThat(suppressed(failure, LeakError.class)).hasMessageContaining("pending task \"poll\"");
    }

    /** What was logged about the fixture's loop before it was interrupted. */
    private static String loggedBy(Class<?> fixture) {
        try (LogCapture log = LogCapture.start()) {
            timeoutOf(fixture);
            return log.messages().stream()
                    .filter(message -> message.startsWith("JUnit interrupts "))
                    .collect(Collectors.joining("\n---\n"));
        }
    }

    @Test
    void the_loop_is_logged_before_the_interruption_also_where_the_test_runs_on_a_separate_thread() {
        for (Class<?> fixture : List.of(Sleeps.class, OnAnotherThread.class)) {
            String name = "TimeoutTests." + fixture.getSimpleName() + ".times_out()";
            assertThat(loggedBy(fixture)).matches("""
                JUnit interrupts %1$s, whose time is over; the event loop of %1$s:
                  1\\. task "%1$s" \\(suspended in sleep, 60 min left\\)
                       waiting  .*TimeoutTests.*
                  2\\. task "poll" \\(suspended in sleep, 60 min left\\)
                       created  .*TimeoutTests.*
                       waiting  .*TimeoutTests.*
                  2 timers, next in 60 min\
                """.formatted(Pattern.quote(name)));
        }
    }

    /** A loop of the class, which its set-up left with work to do. */
    static class BesideTheClass extends WithNext {
        @BeforeAll
        static void startServer(EventLoop loop) {
            loop.createBackgroundTask("server", () -> loop.createFuture().await());
        }

        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void times_out(EventLoop loop) {
            Asyncio.sleep(LONG);
        }
    }

    @Test
    void so_is_the_loop_of_its_class() {
        assertThat(loggedBy(BesideTheClass.class))
                .contains("the event loop of TimeoutTests.BesideTheClass.times_out():\n  1. task")
                .contains("the event loop of TimeoutTests.BesideTheClass:\n")
                .contains("background task \"server\" (suspended in await of a future)");
    }

    static class BlocksInTheJdk extends WithNext {
        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void times_out(EventLoop loop) throws InterruptedException {
            new LinkedBlockingQueue<>().take();
        }
    }

    @Test
    void a_blocking_call_of_the_jdk_is_interrupted() {
        timeoutOf(BlocksInTheJdk.class);
    }

    static class Computes extends WithNext {
        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void times_out(EventLoop loop) {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_body_that_never_suspends_sees_the_interruption() {
        timeoutOf(Computes.class);
    }

    static class Pinned extends WithNext {

        /** A virtual thread cannot leave its carrier in a class initialiser. */
        static class WaitsForEver {
            static {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }

            static void touch() {}
        }

        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void times_out(EventLoop loop) throws InterruptedException {
            WaitsForEver.touch();
            Thread.sleep(LONG);
        }
    }

    @Test
    void a_body_that_is_pinned_to_the_loops_thread_is_interrupted() {
        timeoutOf(Pinned.class);
    }

    static class IgnoresIt extends WithNext {
        static final CountDownLatch END = new CountDownLatch(1);
        static final CountDownLatch ENDED = new CountDownLatch(1);
        static final ThreadLocal<String> VALUE = new ThreadLocal<>();
        static volatile String seenAfterwards;

        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void times_out(EventLoop loop) {
            VALUE.set("of JUnit's thread");
            Latches.waitStubbornlyFor(END);
            seenAfterwards = String.valueOf(VALUE.get());
            ENDED.countDown();
        }
    }

    @Test
    void a_body_that_ignores_it_is_given_up_without_junits_thread_locals() throws InterruptedException {
        try {
            Throwable failure = timeoutOf(IgnoresIt.class);
            assertThat(suppressed(failure, InterruptedException.class))
                    .hasMessageStartingWith("the body did not end within 1 s of its interruption and was given up");
            assertThat(suppressed(failure, LeakError.class))
                    .hasMessageContaining("pending task \"TimeoutTests.IgnoresIt.times_out()\"");
            assertThat(IgnoresIt.VALUE.get()).isEqualTo("of JUnit's thread");
        } finally {
            IgnoresIt.VALUE.remove();
            IgnoresIt.END.countDown();
        }
        assertThat(IgnoresIt.ENDED.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(IgnoresIt.seenAfterwards).isEqualTo("null");
    }

    static class OnAnotherThread extends WithNext {
        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void times_out(EventLoop loop) {
            loop.createTask("poll", () -> Asyncio.sleep(LONG));
            Asyncio.sleep(LONG);
        }
    }

    @Test
    void a_time_out_in_a_separate_thread_ends_the_run_there() {
        assertThat(suppressed(timeoutOf(OnAnotherThread.class), LeakError.class))
                .hasMessageContaining("pending task \"poll\"");
    }

    static class IgnoresItOnAnotherThread extends WithNext {
        static final CountDownLatch END = new CountDownLatch(1);

        @Test
        @Order(1)
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void times_out(EventLoop loop) {
            Latches.waitStubbornlyFor(END);
        }
    }

    @Test
    void so_does_one_that_is_ignored() {
        try {
            timeoutOf(IgnoresItOnAnotherThread.class);
        } finally {
            IgnoresItOnAnotherThread.END.countDown();
        }
    }
}
