package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;

/** What a body of {@code assertTimeoutPreemptively} leaves behind: JUnit runs it on a thread of its own. */
class PreemptiveTimeoutTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Map<String, String> STRICT = Map.of("asyncloop.leaks", "strict");

    private static volatile CountDownLatch end;

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    private static void park() {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void spin() {
        while (end.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static Run run(Class<?> fixture) {
        end = new CountDownLatch(1);
        try {
            return Run.with(STRICT, fixture);
        } finally {
            end.countDown();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaves {
        @Test
        @EnabledOnOs(OS.LINUX)
        void a_file() {
            assertTimeoutPreemptively(LONG, () -> new FileInputStream("pom.xml").available());
        }

        @Test
        void a_thread() {
            assertTimeoutPreemptively(
                    LONG, () -> Thread.ofPlatform().daemon().name("lost").start(PreemptiveTimeoutTests::park));
        }

        @Test
        void an_executor() {
            assertTimeoutPreemptively(LONG, () -> {
                ExecutorService pool = Executors.newFixedThreadPool(
                        1, Thread.ofPlatform().daemon().factory());
                pool.submit(PreemptiveTimeoutTests::park);
            });
        }

        @Test
        void an_exception() {
            assertTimeoutPreemptively(
                    LONG,
                    () -> Thread.ofPlatform()
                            .start(() -> {
                                throw new IllegalStateException("apples");
                            })
                            .join());
        }

        @Test
        void a_virtual_thread() {
            assertTimeoutPreemptively(
                    LONG, () -> Thread.ofVirtual().name("lost").start(PreemptiveTimeoutTests::park));
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void a_process() {
            assertTimeoutPreemptively(
                    LONG, () -> new ProcessBuilder("sleep", "2").inheritIO().start());
        }
    }

    @Test
    void each_thing_that_is_left_there_is_charged_to_the_test() {
        Map<String, Throwable> failures = run(Leaves.class).failures();
        assertThat(failures)
                .containsOnlyKeys(
                        "a_file()",
                        "a_thread()",
                        "a_virtual_thread()",
                        "an_executor()",
                        "an_exception()",
                        "a_process()");
        assertThat(failures.get("a_file()")).hasMessageContaining("1. open file descriptor");
        assertThat(failures.get("a_thread()")).hasMessageContaining("1. platform thread \"lost\"");
        assertThat(failures.get("a_virtual_thread()"))
                .hasMessageContaining("1. virtual thread \"lost\" (waiting, on no event loop)");
        assertThat(failures.get("an_executor()")).hasMessageContaining("1. unclosed ThreadPoolExecutor");
        assertThat(failures.get("an_exception()")).hasMessageContaining("1. uncaught exception of thread");
        assertThat(failures.get("a_process()")).hasMessageContaining("1. child process");
        assertThat(failures.values())
                .allMatch(LeakError.class::isInstance)
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining(" left 1 thing behind\n"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class LeavesNothing {
        @Test
        void in_time() {
            assertTimeoutPreemptively(LONG, () -> {
                try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                    pool.submit(() -> 1).get();
                }
            });
        }

        @Test
        void interrupted() {
            assertThrows(
                    AssertionError.class,
                    () -> assertTimeoutPreemptively(Duration.ofMillis(50), () -> TimeUnit.MINUTES.sleep(1)));
        }

        @Test
        void never_ends() {
            assertThrows(
                    AssertionError.class,
                    () -> assertTimeoutPreemptively(Duration.ofMillis(50), PreemptiveTimeoutTests::spin));
        }
    }

    @Test
    void the_thread_that_junit_starts_for_itself_is_charged_to_nobody() {
        assertThat(run(LeavesNothing.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class NeverEnds {
        @Test
        void spins() {
            assertTimeoutPreemptively(Duration.ofMillis(50), PreemptiveTimeoutTests::spin);
        }
    }

    @Test
    void a_body_that_never_ends_fails_with_junits_own_words() {
        Throwable failure = run(NeverEnds.class).failure("spins()");
        assertThat(failure).isInstanceOf(AssertionFailedError.class).hasMessage("execution timed out after 50 ms");
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(Stream.of(failure.getCause().getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("spin");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WantsTheLoop {
        @Test
        void asks_for_it() {
            assertTimeoutPreemptively(LONG, () -> EventLoop.running());
        }

        @Test
        void sleeps() {
            assertTimeoutPreemptively(LONG, () -> Asyncio.sleep(Duration.ZERO));
        }

        @Test
        void does_as_it_says() throws Exception {
            assertThat(Asyncio.timeout(LONG, () -> EventLoop.running())).isSameAs(EventLoop.running());
        }

        @Test
        void asks_on_any_other_thread() throws InterruptedException {
            Thread.ofPlatform()
                    .start(() -> assertThat(assertThrows(IllegalStateException.class, EventLoop::running))
                            .hasMessage("no running event loop"))
                    .join();
        }
    }

    @Test
    void there_is_no_loop_there_and_the_message_says_what_to_use() {
        Map<String, Throwable> failures = run(WantsTheLoop.class).failures();
        assertThat(failures).containsOnlyKeys("asks_for_it()", "sleeps()");
        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no running event loop: JUnit runs the body of assertTimeoutPreemptively on a"
                                + " thread of its own; use Asyncio.timeout(...) or assertTimeout, which"
                                + " leave it on the loop"));
    }
}
