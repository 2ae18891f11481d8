package dev.asyncloop.registers;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.LeftOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The register of jobs has as many entries as there are jobs that have not ended. */
@Timeout(120)
class GivenJobsTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private final Owner owner = Owner.named("body");

    /** Not before the test: JUnit's time-out is a job, too. */
    private void begin() {
        CurrentOwner.begin(owner);
    }

    @AfterEach
    void end() {
        CurrentOwner.end();
        JobOrigins.takeFailures(owner);
    }

    private static void nothing() {}

    /** A part that is cancelled before anybody has begun it is forgotten with its object. */
    private void awaitNone() {
        eventually("no job is registered", () -> {
            boolean none = JobOrigins.registered(owner) == 0;
            if (!none) {
                System.gc();
            }
            return none;
        });
    }

    @Test
    void after_a_million_jobs_there_is_nothing_left() throws Exception {
        begin();
        int most = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                ExecutorService forks = new ForkJoinPool(2)) {
            List<Future<?>> last = new ArrayList<>();
            for (int i = 0; i < 250_000; i++) {
                pool.execute(GivenJobsTests::nothing);
                last.add(pool.submit(GivenJobsTests::nothing));
                last.add(forks.submit(GivenJobsTests::nothing));
                last.add(CompletableFuture.runAsync(GivenJobsTests::nothing, forks));
                if (last.size() >= 3_000) {
                    for (Future<?> each : last) {
                        each.get();
                    }
                    last.clear();
                    most = Math.max(most, JobOrigins.registered(owner));
                }
            }
        }
        assertThat(most).isLessThan(3_000);
        awaitNone();
    }

    @Test
    void after_a_stream_of_many_parts_there_is_nothing_left() {
        begin();
        assertThat(LongStream.range(0, 1_000_000).parallel().sum()).isPositive();
        awaitNone();
    }

    @Test
    void what_is_refused_or_taken_back_is_forgotten() throws Exception {
        begin();
        CountDownLatch over = new CountDownLatch(1);
        try (ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1))) {
            Future<?> running = pool.submit(() -> {
                over.await();
                return "over";
            });
            pool.execute(GivenJobsTests::nothing);
            int refused = 0;
            for (int i = 0; i < 1_000; i++) {
                try {
                    pool.execute(new FutureTask<>(() -> "refused"));
                } catch (RejectedExecutionException expected) {
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(1_000);
            assertThat(JobOrigins.registered(owner)).isEqualTo(2);
            over.countDown();
            running.get();
        }
        awaitNone();
    }

    @Test
    void what_is_cancelled_goes_with_its_object() {
        begin();
        try (ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1)) {
            timer.setRemoveOnCancelPolicy(true);
            for (int i = 0; i < 10_000; i++) {
                timer.schedule(GivenJobsTests::nothing, 1, TimeUnit.HOURS).cancel(false);
            }
        }
        awaitNone();
    }
}
