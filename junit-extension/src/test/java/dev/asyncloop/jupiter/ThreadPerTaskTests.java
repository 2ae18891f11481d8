package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of executors that start a thread for each, so that no pool knows of them. They are their giver's as well. */
@Timeout(60)
class ThreadPerTaskTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static volatile CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end_all() {
        end.countDown();
        end = new CountDownLatch(1);
    }

    private static void waitForEnd() {
        try {
            end.await(); // wait
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void onThread(Runnable body) throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(body);
        thread.join();
    }

    /** Executors of the class: virtual threads that are on no loop, and platform threads. */
    @ExtendWith(AsyncLoopExtension.class)
    static class OfTheClass {

        private static ExecutorService virtual;
        private static ExecutorService platform;

        @BeforeAll
        static void make() {
            virtual = Executors.newVirtualThreadPerTaskExecutor();
            platform = Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("one").factory());
        }

        @AfterAll
        static void close() {
            end.countDown();
            virtual.close();
            platform.close();
        }

        @Test
        void runs_in_a_virtual_thread() throws InterruptedException {
            onThread(() -> virtual.submit(ThreadPerTaskTests::waitForEnd)); // give
        }

        @Test
        void runs_in_a_platform_thread() {
            platform.execute(ThreadPerTaskTests::waitForEnd);
        }

        @Test
        void declared_as_background() throws InterruptedException {
            onThread(() -> {
                try {
                    Leaks.background(() -> virtual.submit(ThreadPerTaskTests::waitForEnd));
                    Leaks.background(() -> platform.submit(ThreadPerTaskTests::waitForEnd));
                } catch (Exception unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
        }

        @Test
        void ends_in_time() throws InterruptedException {
            onThread(() -> virtual.submit(() -> {}));
            platform.submit(() -> {});
        }
    }

    @Test
    void a_job_in_an_executor_of_the_class_is_the_tests() throws IOException {
        List<String> warnings = Warnings.of(OfTheClass.class);
        assertThat(warnings).hasSize(2).anyMatch(warning -> warning.contains("""
            1. pending job in a ThreadPerTaskExecutor (running in thread "one")
            """));
        assertThat(warnings.stream().map(warning -> warning.replaceAll("#\\d+", "#")))
                .contains("""
                    ThreadPerTaskTests.OfTheClass.runs_in_a_virtual_thread() left 1 thing behind
                      1. pending job in a ThreadPerTaskExecutor (running in thread "#")
                           given    %s
                           waiting  %s
                           fix      wait for its future, or cancel it and wait until it has ended; or give it by Leaks.background\
                    """.formatted(
                        Line.of(ThreadPerTaskTests.class, "$OfTheClass.lambda$runs_in_a_virtual_thread$0", "give"),
                        Line.of(ThreadPerTaskTests.class, ".waitForEnd", "wait")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfTheTest {
        @Test
        void virtual() throws InterruptedException {
            onThread(() -> Executors.newVirtualThreadPerTaskExecutor().submit(ThreadPerTaskTests::waitForEnd));
        }

        @Test
        void virtual_and_shut_down() throws InterruptedException {
            onThread(() -> {
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                executor.submit(ThreadPerTaskTests::waitForEnd);
                executor.shutdown();
            });
        }

        @Test
        void platform() {
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())
                    .submit(ThreadPerTaskTests::waitForEnd);
        }
    }

    @Test
    void an_executor_that_the_test_made_itself_is_told_once() {
        assertThat(Warnings.of(OfTheTest.class))
                .hasSize(3)
                .allMatch(warning -> warning.contains(" left 1 thing behind\n"))
                .filteredOn(warning -> warning.contains("pending job in a ThreadPerTaskExecutor"))
                .hasSize(2);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Does {

        private static ExecutorService executor;

        @BeforeAll
        static void make() throws InterruptedException {
            onThread(() -> executor = Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().factory()));
        }

        @AfterAll
        static void close() {
            executor.close();
        }

        @Test
        void opens() throws Exception {
            executor.submit(() -> LEFT.add(new FileInputStream("/proc/self/stat")))
                    .get();
        }

        @Test
        void opens_in_a_virtual_thread() throws Exception {
            onThread(() -> {
                try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
                    virtual.submit(() -> LEFT.add(new FileInputStream("/proc/self/stat")));
                }
            });
        }

        @Test
        void fails() {
            executor.execute(() -> {
                throw new IllegalStateException("apples");
            });
        }

        @Test
        void fails_and_nobody_looks() {
            executor.submit(() -> {
                throw new IllegalStateException("pears");
            });
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_such_a_job_opens_or_throws_is_its_givers() {
        Map<String, Throwable> failures = Run.of(Does.class).failures();
        assertThat(failures)
                .containsOnlyKeys("opens()", "opens_in_a_virtual_thread()", "fails()", "fails_and_nobody_looks()");
        assertThat(failures.values()).allMatch(LeakError.class::isInstance);
        assertThat(Stream.of("fails()", "fails_and_nobody_looks()")
                        .map(failures::get)
                        .map(Throwable::getMessage))
                .anyMatch(message -> message.contains("uncaught exception of thread"))
                .anyMatch(message -> message.contains("exception of a job that nobody looked at"));
    }
}
