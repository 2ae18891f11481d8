package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Virtual threads that are on no loop, since a platform thread started them. */
@Timeout(60)
class LooseThreadLeakTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static volatile boolean over;

    private static void park() {
        while (!over) {
            LockSupport.park(); // park
        }
    }

    private static void end(Thread lost) throws InterruptedException {
        over = true;
        LockSupport.unpark(lost);
        lost.join();
        over = false;
    }

    private static Thread lose(String name) {
        Thread lost = Thread.ofVirtual().name(name).start(LooseThreadLeakTests::park); // lose
        LEFT.add(() -> end(lost));
        return lost;
    }

    private static void onThread(Runnable body) throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(body);
        thread.join();
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(LooseThreadLeakTests.class, method, marker);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FromThread {
        @Test
        void ships() throws InterruptedException {
            onThread(() -> lose("lost"));
        }
    }

    @Test
    void one_that_a_thread_of_the_test_started_is_told() throws IOException {
        assertThat(Warnings.of(FromThread.class))
                .containsExactly("""
                    LooseThreadLeakTests.FromThread.ships() left 1 thing behind
                      1. virtual thread "lost" (waiting, on no event loop)
                           started  %s
                           waiting  %s
                           fix      let it end, e.g. interrupt it, and join it\
                    """.formatted(at(".lose", "lose"), at(".park", "park")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FromOthers {
        @Test
        void from_a_callback() throws Exception {
            EventLoop loop = EventLoop.running();
            LoopFuture<Thread> called = loop.createFuture();
            loop.callSoon(() -> called.complete(lose("of a callback")));
            called.await();
        }

        @Test
        void from_a_pool() throws Exception {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(() -> lose("of a pool")).get();
            }
        }

        @Test
        void from_a_virtual_thread() throws InterruptedException {
            onThread(() -> Thread.startVirtualThread(() -> lose("of a virtual thread")));
        }

        @Test
        void from_a_worker_of_virtual_threads() throws InterruptedException {
            onThread(() -> {
                try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                    pool.submit(() -> lose("of an executor"));
                }
            });
        }
    }

    @Test
    void whatever_thread_of_the_test_starts_it_it_is_the_tests() {
        assertThat(Warnings.of(FromOthers.class))
                .hasSize(4)
                .anyMatch(warning -> warning.contains("from_a_callback() left 1 thing")
                        && warning.contains("virtual thread \"of a callback\""))
                .anyMatch(warning -> warning.contains("from_a_pool() left 1 thing")
                        && warning.contains("virtual thread \"of a pool\""))
                .anyMatch(warning -> warning.contains("from_a_virtual_thread() left 1 thing")
                        && warning.contains("virtual thread \"of a virtual thread\""))
                .anyMatch(warning -> warning.contains("from_a_worker_of_virtual_threads() left 1 thing")
                        && warning.contains("virtual thread \"of an executor\""));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Ended {
        @Test
        void ends_in_time() throws InterruptedException {
            onThread(() -> Thread.startVirtualThread(() -> LockSupport.parkNanos(50_000_000)));
        }

        @Test
        void is_joined() throws InterruptedException {
            onThread(() -> {
                try {
                    Thread.startVirtualThread(() -> {}).join();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
        }

        @Test
        void closes_its_executor() throws InterruptedException {
            onThread(() -> {
                try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                    pool.submit(() -> {});
                }
            });
        }
    }

    @Test
    void one_that_has_ended_is_not_told() {
        assertThat(Warnings.of(Ended.class)).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Kept {
        @Test
        void is_held_by_a_static_field() throws InterruptedException {
            onThread(() -> Mailer.thread = lose("mailer"));
        }
    }

    private static final class Mailer {
        static Thread thread;
    }

    @Test
    void one_that_a_static_field_holds_is_nobodys() {
        assertThat(Warnings.of(Kept.class)).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Opens {
        @Test
        void ships() throws InterruptedException {
            onThread(() -> {
                Thread opener = Thread.startVirtualThread(() -> {
                    try {
                        LEFT.add(new FileInputStream("/proc/self/stat")); // open
                    } catch (IOException unexpected) {
                        throw new AssertionError(unexpected);
                    }
                });
                try {
                    opener.join();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
        }

        @Test
        void throws_in_vain() throws InterruptedException {
            onThread(() -> {
                Thread dying = Thread.ofVirtual().name("dying").start(() -> {
                    throw new IllegalStateException("no apples");
                });
                try {
                    dying.join();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_one_opens_or_throws_is_the_tests_too() throws Exception {
        Run run = Run.of(Opens.class);
        assertThat(run.failures()).hasSize(2);
        assertThat(run.failure("ships()"))
                .isInstanceOf(LeakError.class)
                .hasMessageContaining("/stat")
                .hasMessageContaining("LooseThreadLeakTests$Opens.");
        assertThat(run.failure("throws_in_vain()"))
                .isInstanceOf(LeakError.class)
                .hasMessageContaining(
                        "uncaught exception of virtual thread \"dying\" (java.lang.IllegalStateException: no apples)");
    }
}
