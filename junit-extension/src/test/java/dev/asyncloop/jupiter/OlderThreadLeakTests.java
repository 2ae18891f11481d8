package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads that a class without the extension left behind, and what they do while tests run that have it. */
@EnabledOnOs(OS.LINUX)
class OlderThreadLeakTests {

    /** Any file that is there, and that nothing else opens. */
    private static final String FILE = "/proc/version";

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    static ScheduledExecutorService ticking;
    static ExecutorService idle;
    static final CountDownLatch END = new CountDownLatch(1);
    static final AtomicInteger TICKS = new AtomicInteger();

    @AfterEach
    void stop() throws InterruptedException {
        ticking.shutdownNow();
        idle.shutdownNow();
        assertThat(ticking.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void end() {
        END.countDown();
    }

    private static boolean open() throws Exception {
        return LEFT.add(new FileInputStream(FILE));
    }

    private static void await() {
        try {
            END.await();
        } catch (InterruptedException ended) {
            // let it end
        }
    }

    private static <T> T on(Thread.Builder builder, java.util.concurrent.Callable<T> job) throws Exception {
        FutureTask<T> task = new FutureTask<>(job);
        builder.start(task);
        return task.get();
    }

    private static void tick() {
        try {
            open();
            on(Thread.ofPlatform().daemon(), OlderThreadLeakTests::open);
            Thread.ofPlatform().daemon().start(OlderThreadLeakTests::await);
            TICKS.incrementAndGet();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static class Plain {

        @Test
        void leaves_threads_behind() throws Exception {
            ticking = Executors.newScheduledThreadPool(1);
            ticking.scheduleAtFixedRate(OlderThreadLeakTests::tick, 1, 50, TimeUnit.MILLISECONDS);
            idle = Executors.newFixedThreadPool(1);
            idle.submit(() -> {}).get();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Victim {

        @Test
        void does_nothing() throws Exception {
            int before = TICKS.get();
            while (TICKS.get() < before + 3) {
                Thread.sleep(1);
            }
        }

        @Test
        void gives_the_old_thread_something_to_do() throws Exception {
            idle.submit(OlderThreadLeakTests::open).get();
        }
    }

    @Test
    void what_they_open_and_start_is_none_of_a_tests() {
        Run run = Run.of(Plain.class, Victim.class);
        assertThat(run.failures())
                .as("only what a test had them do is its own")
                .containsOnlyKeys("gives_the_old_thread_something_to_do()");
        assertThat(run.entries()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Own {

        static ExecutorService ofTheClass;

        @BeforeAll
        static void start() throws Exception {
            ofTheClass = Executors.newFixedThreadPool(1);
            ofTheClass.submit(() -> {}).get();
        }

        @AfterAll
        static void stop() {
            ofTheClass.shutdown();
        }

        @Test
        void opens() throws Exception {
            open();
        }

        @Test
        void opens_on_a_thread() throws Exception {
            on(Thread.ofPlatform(), OlderThreadLeakTests::open);
        }

        @Test
        void opens_on_a_virtual_thread_of_a_thread() throws Exception {
            on(Thread.ofPlatform(), () -> on(Thread.ofVirtual(), OlderThreadLeakTests::open));
        }

        @Test
        void opens_on_a_pool_of_its_own() throws Exception {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(OlderThreadLeakTests::open).get();
            }
        }

        @Test
        void opens_nothing() throws Exception {
            on(Thread.ofPlatform(), () -> true);
        }
    }

    @Test
    void what_a_tests_own_threads_open_is_still_its_own() {
        Run run = Run.of(Plain.class, Own.class);
        assertThat(run.failures())
                .containsOnlyKeys(
                        "opens()",
                        "opens_on_a_thread()",
                        "opens_on_a_virtual_thread_of_a_thread()",
                        "opens_on_a_pool_of_its_own()")
                .allSatisfy((test, failure) -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                LeakError.class,
                                error -> assertThat(error.leaks())
                                        .singleElement()
                                        .returns(LeakKind.FILE_DESCRIPTOR, Leak::kind)));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfTheClass {

        static ExecutorService pool;

        @BeforeAll
        static void start() throws Exception {
            pool = Executors.newFixedThreadPool(1);
            pool.submit(() -> {}).get();
        }

        @AfterAll
        static void stop() {
            pool.shutdown();
        }

        @Test
        void has_a_pool_that_opens() throws Exception {
            pool.submit(OlderThreadLeakTests::open).get();
        }
    }

    @Test
    void what_a_pool_of_the_class_opens_for_a_test_is_the_tests() {
        assertThat(Run.of(Plain.class, OfTheClass.class).failures()).containsOnlyKeys("has_a_pool_that_opens()");
    }
}
