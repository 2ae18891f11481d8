package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What jobs of the common pool open and start is their giver's; what only looks like a job that is left is none. */
@Timeout(60)
class CommonPoolJobTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1);

    @AfterAll
    static void shut_down() {
        TIMER.shutdownNow();
    }

    /** Waits until the test that started it is over. */
    private static void waitForEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void lose(Thread.Builder threads) {
        CountDownLatch over = new CountDownLatch(1);
        Thread lost = threads.name("lost").start(() -> waitForEnd(over));
        LEFT.add(() -> {
            over.countDown();
            lost.join();
        });
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FromAJob {

        private static void job(Callable<?> body) throws Exception {
            ForkJoinPool.commonPool().submit(body).get();
        }

        @Test
        void virtual_thread() throws Exception {
            job(() -> {
                lose(Thread.ofVirtual());
                return "lost";
            });
        }

        @Test
        void platform_thread() throws Exception {
            job(() -> {
                lose(Thread.ofPlatform().daemon());
                return "lost";
            });
        }

        @Test
        void executor() throws Exception {
            job(() -> {
                ExecutorService pool = Executors.newFixedThreadPool(1);
                LEFT.add(pool::shutdownNow);
                return pool.submit(() -> 1).get();
            });
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void file() throws Exception {
            job(() -> LEFT.add(new FileInputStream("pom.xml")));
        }
    }

    @Test
    void what_a_job_opens_or_starts_is_its_givers() {
        Map<String, Throwable> failures =
                Run.with(Map.of("asyncloop.leaks", "strict"), FromAJob.class).failures();
        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(LeakError.class)
                        .hasMessageContaining(" left 1 thing behind\n"));
        assertThat(failures.get("virtual_thread()")).hasMessageContaining("virtual thread \"lost\" (waiting, on no");
        assertThat(failures.get("platform_thread()")).hasMessageContaining("platform thread \"lost\"");
        assertThat(failures.get("executor()")).hasMessageContaining("unclosed ThreadPoolExecutor");
        if (OS.LINUX.isCurrentOs()) {
            assertThat(failures.get("file()")).hasMessageContaining("pom.xml");
        }
    }

    /** Nothing runs or waits in a pool here, or it is the JDK's own time-out. */
    @ExtendWith(AsyncLoopExtension.class)
    static class NoJobs {

        @Test
        void stage_of_a_future_that_nobody_completes() {
            new CompletableFuture<String>().thenApplyAsync(String::length);
        }

        @Test
        void time_out_of_such_a_future() {
            CompletableFuture<String> never = new CompletableFuture<String>().orTimeout(1, TimeUnit.HOURS);
            LEFT.add(() -> never.complete("late"));
        }

        @Test
        void time_out_of_one_that_is_complete() {
            new CompletableFuture<String>().orTimeout(1, TimeUnit.HOURS).complete("in time");
        }

        @Test
        void jobs_that_are_cancelled_and_still_in_the_queue() {
            for (int i = 0; i < 100; i++) {
                TIMER.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
            }
            assertThat(TIMER.getQueue()).hasSize(100);
        }
    }

    @Test
    void what_is_no_job_is_not_told() {
        assertThat(Warnings.of(NoJobs.class)).isEmpty();
    }
}
