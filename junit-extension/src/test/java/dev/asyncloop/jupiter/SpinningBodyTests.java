package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/** A body that computes without end while JUnit's {@code @Timeout} strikes, in both of its thread modes. */
class SpinningBodyTests {

    /** Ends what spins, so that no fixture keeps a processor. */
    private static volatile boolean over;

    private static void spin(long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!over && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static void spin() {
        spin(60);
    }

    private static Run run(Map<String, String> parameters, Class<?> fixture) {
        over = false;
        try {
            return Run.with(parameters, fixture);
        } finally {
            over = true;
        }
    }

    private static Run run(Class<?> fixture) {
        return run(Map.of(), fixture);
    }

    private static List<String> suppressed(Throwable failure) {
        return Stream.of(failure.getSuppressed()).map(Object::toString).toList();
    }

    private static void assertShowsTheBody(Throwable failure, String name) {
        assertThat(failure).isInstanceOf(TimeoutException.class);
        assertThat(suppressed(failure)).first().asString().matches("""
            java\\.lang\\.InterruptedException: interrupted while the event loop was running
              1\\. task "%s" \\(running\\)
                   waiting  dev\\.asyncloop\\.jupiter\\.SpinningBodyTests\\.spin\\(SpinningBodyTests\\.java:\\d+\\)\
            """.formatted(
                        name.replace("(", "\\(").replace(")", "\\)")));
        assertThat(Arrays.stream(failure.getSuppressed()[0].getStackTrace()).map(StackTraceElement::getMethodName))
                .startsWith("spin");
        assertNoFramesOfOurs(failure.getSuppressed()[0]);
        if (failure.getCause() != null) {
            assertNoFramesOfOurs(failure.getCause());
        }
    }

    private static void assertNoFramesOfOurs(Throwable shown) {
        assertThat(shown.getStackTrace())
                .isNotEmpty()
                .allMatch(frame -> frame.getClassName().startsWith(SpinningBodyTests.class.getName())
                        || frame.getClassName().startsWith("org.apache.maven.surefire.")); // which ran this class
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    abstract static class WithTearDown {
        InputStream file;

        @AfterEach
        void tearDown(EventLoop loop) throws IOException {
            assertThat(loop.createTask(() -> "torn down").await()).isEqualTo("torn down");
            if (file != null) {
                file.close();
            }
        }

        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void a_spins(EventLoop loop) throws IOException {
            file = Files.newInputStream(Path.of("pom.xml"));
            loop.createBackgroundTask("beside", () -> loop.createFuture().await());
            spin();
        }

        @Test
        void b_next(EventLoop loop) {
            assertThat(loop.createTask(() -> 42).await()).isEqualTo(42);
        }

        @Test
        @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
        void c_clean_in_a_separate_thread(EventLoop loop) throws InterruptedException {
            assertThat(loop).isSameAs(EventLoop.running());
            Thread.sleep(10);
        }
    }

    static class OnItsOwnLoop extends WithTearDown {}

    @LoopScope(LoopScope.Scope.CLASS)
    static class OnASharedLoop extends WithTearDown {}

    private static void assertSpinsAlone(Class<?> fixture, Map<String, String> parameters) {
        Run run = run(parameters, fixture);
        assertThat(run.failures()).containsOnlyKeys("a_spins(EventLoop)");
        assertThat(run.succeeded()).contains("b_next(EventLoop)", "c_clean_in_a_separate_thread(EventLoop)");
        assertThat(run.failure("a_spins(EventLoop)")).isInstanceOf(TimeoutException.class);
        Throwable leaks = Stream.of(run.failure("a_spins(EventLoop)").getSuppressed())
                .filter(LeakError.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(leaks).hasMessageMatching("""
            SpinningBodyTests\\.%1$s\\.a_spins\\(\\) left 1 thing behind
              1\\. pending task "SpinningBodyTests\\.%1$s\\.a_spins\\(\\)" \\([\\w ]+\\)
                   waiting  dev\\.asyncloop\\.jupiter\\.SpinningBodyTests\\.spin\\(SpinningBodyTests\\.java:\\d+\\)
                   fix      .*\
            """.formatted(fixture.getSimpleName()));
    }

    @Test
    void the_tear_down_runs_and_the_next_tests_too() {
        assertSpinsAlone(OnItsOwnLoop.class, Map.of());
    }

    @Test
    void so_they_do_on_a_shared_loop() {
        assertSpinsAlone(OnASharedLoop.class, Map.of());
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OnlySpins {
        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void spins() {
            spin();
        }
    }

    @Test
    void the_dump_is_below_the_failure_of_a_separate_thread_without_our_frames() {
        Throwable failure = run(OnlySpins.class).failure("spins()");
        assertShowsTheBody(failure, "SpinningBodyTests.OnlySpins.spins()");
        assertThat(failure.getCause()).hasMessageStartingWith("Execution timed out in thread junit-timeout-thread-");
        assertThat(suppressed(failure)).last().asString().endsWith("""
            fix      let it heed its interruption: it keeps a thread of its own\
            """);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class SpinsForASecond {
        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
        void spins() {
            spin(1);
        }
    }

    @Test
    void so_it_is_where_junits_own_thread_runs_the_test() {
        assertShowsTheBody(run(SpinsForASecond.class).failure("spins()"), "SpinningBodyTests.SpinsForASecond.spins()");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FailsAfterwards {
        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
        void spins() {
            spin(1);
            throw new UncheckedIOException(new IOException("apples"));
        }
    }

    @Test
    void and_where_the_body_then_fails_by_itself() {
        Throwable failure = run(FailsAfterwards.class).failure("spins()");
        assertThat(suppressed(failure))
                .hasSize(2)
                .anyMatch(shown -> shown.contains("apples"))
                .anyMatch(shown -> shown.contains("SpinningBodyTests.FailsAfterwards.spins()\" (running)"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    static class InItsSetUp {
        static volatile String tornDown;

        @BeforeAll
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        static void setUp() {
            spin();
        }

        @AfterAll
        static void tearDown(EventLoop loop) {
            tornDown = loop.createTask(() -> "torn down").await();
        }

        @Test
        void test() {}
    }

    @Test
    void a_set_up_of_a_class_that_spins_gives_its_turn_away() {
        Throwable failure = run(InItsSetUp.class).failure("SpinningBodyTests$InItsSetUp");
        assertShowsTheBody(failure, "SpinningBodyTests.InItsSetUp");
        assertThat(InItsSetUp.tornDown).isEqualTo("torn down");
    }
}
