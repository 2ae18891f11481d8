package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.StuckLoopException;
import dev.asyncloop.testing.LeftOpen;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dump of a test that hangs shows the pools that have its jobs: what their threads do, what is queued, and for whom. */
@Timeout(60)
class PoolDumpTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private static CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end_all() {
        end.countDown();
        end = new CountDownLatch(1);
    }

    private static Callable<Integer> waiting() {
        CountDownLatch now = end;
        return () -> waitFor(now);
    }

    private static int waitFor(CountDownLatch latch) throws InterruptedException {
        latch.await(); // waits
        return 1;
    }

    private static int waited(CountDownLatch latch) {
        try {
            return waitFor(latch);
        } catch (InterruptedException ended) {
            return 0;
        }
    }

    private static ExecutorService pool(int threads, String name) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(name).factory());
    }

    private static Run run(Class<?> fixture) {
        return Run.with(Map.of(Constants.TIMEOUT_PARAMETER, "300 ms"), fixture);
    }

    /** What the dump of the only task says below it. */
    private static String pools(Throwable failure) {
        assertThat(failure).isInstanceOf(StuckLoopException.class);
        String message = failure.getMessage();
        int waiting = message.indexOf("\n       waiting  ");
        return message.substring((message + '\n').indexOf('\n', waiting + 1));
    }

    private static String line(String marker, String method) throws Exception {
        return Line.of(PoolDumpTests.class, method, marker);
    }

    /** Both use one pool, as tests of a class that has a static one do. */
    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Shared {

        static final ExecutorService POOL = pool(2, "engine");

        @Test
        void floods() {
            for (int i = 0; i < 13; i++) {
                POOL.submit(waiting()); // floods
            }
        }

        @Test
        void victim() throws Exception {
            POOL.submit(() -> 1).get(); // victim
        }
    }

    @Test
    void who_keeps_a_shared_pool_is_named() throws Exception {
        assertThat(pools(run(Shared.class).failure("victim()")))
                .isEqualTo("""

                      ThreadPoolExecutor of threads "engine" (2 busy of 2 threads): task "PoolDumpTests.Shared.victim()" waits for \
                    a job that is queued here
                           2 like thread "engine" with a job of PoolDumpTests.Shared.floods() (in CountDownLatch.await)
                                given    %s
                                waiting  %s
                           12 queued: 11 by PoolDumpTests.Shared.floods(), 1 by this test\
                    """.formatted(line("floods", "$Shared.floods"), line("waits", ".waitFor")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class InCommonPool {

        @Test
        void joins() {
            CountDownLatch latch = end;
            CompletableFuture.runAsync(() -> waited(latch)).join(); // joins
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Clean {

        @Test
        void joins() {
            CompletableFuture.runAsync(() -> {}).join();
        }
    }

    @Test
    void one_that_gets_what_it_waits_for_has_no_dump() {
        assertThat(run(Clean.class).failures()).isEmpty();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25) // before, it is not used where there are few processors
    void so_is_the_common_pool() throws Exception {
        assertThat(pools(run(InCommonPool.class).failure("joins()")))
                .matches("""

                      the common pool \\(1 busy of \\d threads?\\): task "PoolDumpTests.InCommonPool.joins\\(\\)" waits for a job that \
                    thread "ForkJoinPool.commonPool-worker-\\d+" does
                           thread "ForkJoinPool.commonPool-worker-\\d+" with a job of this test \\(in CountDownLatch.await\\)
                                given    \\Q%s\\E
                                waiting  \\Q%s\\E\
                    """.formatted(line("joins", "$InCommonPool.joins"), line("waits", ".waitFor")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Waits {

        private final ExecutorService pool = pool(1, "worker");
        private final CountDownLatch latch = end;

        @AfterEach
        void shutDown() {
            pool.shutdownNow();
        }

        @Test
        void job_of_a_fork_join_pool() throws Exception {
            try (ForkJoinPool own = new ForkJoinPool(1)) {
                own.submit(waiting()).get();
            }
        }

        @Test
        void await_of_a_stage() {
            CompletableFuture<Integer> never = new CompletableFuture<>();
            EventLoop.running()
                    .wrap(CompletableFuture.supplyAsync(() -> waited(latch), pool)
                            .thenCombine(never, Integer::sum)
                            .thenApply(one -> one))
                    .await();
        }

        @Test
        void gather_of_stages() {
            Asyncio.gather(
                            EventLoop.running().wrap(new CompletableFuture<>()),
                            EventLoop.running().wrap(CompletableFuture.runAsync(() -> waited(latch), pool)))
                    .await();
        }

        @Test
        void another_thread() {
            Asyncio.toThread(waiting());
        }

        @Test
        void job_that_waits_for_a_job() throws Exception {
            try (ExecutorService other = pool(1, "other")) {
                other.submit(() -> pool.submit(waiting()).get()).get();
            }
        }

        @Test
        void latch() throws Exception {
            pool.submit(waiting());
            latch.await();
        }

        @Test
        void latch_beside_a_timer() throws Exception {
            try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
                timer.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
                latch.await();
            }
        }
    }

    @Test
    void the_pool_that_is_to_do_what_a_task_waits_for_is_said_where_that_is_known() {
        Run run = run(Waits.class);
        assertThat(pools(run.failure("job_of_a_fork_join_pool()")))
                .contains("waits for a job that thread \"ForkJoinPool-")
                .contains(" with a job of this test (in CountDownLatch.await)\n");
        String known = "): task \"PoolDumpTests.Waits.%s\" waits for a job that thread \"%s\" does\n";
        for (String test : new String[] {"await_of_a_stage()", "gather_of_stages()"}) {
            assertThat(pools(run.failure(test))).contains(known.formatted(test, "worker"));
        }
        assertThat(pools(run.failure("another_thread()")))
                .contains(known.formatted("another_thread()", "asyncloop-executor-1"));
        assertThat(pools(run.failure("job_that_waits_for_a_job()")))
                .contains(known.formatted("job_that_waits_for_a_job()", "other"))
                .contains("\n"
                        + "       thread \"other\" with a job of this test (in FutureTask.get, of a job that"
                        + " another thread does)\n")
                .contains("\n  ThreadPoolExecutor of thread \"worker\" (1 busy of 1 thread)\n");
    }

    @Test
    void where_it_is_not_the_pools_with_jobs_of_the_test_are_there() {
        Run run = run(Waits.class);
        assertThat(pools(run.failure("latch()")))
                .contains("\n  ThreadPoolExecutor of thread \"worker\" (1 busy of 1 thread)\n"
                        + "       thread \"worker\" with a job of this test (in CountDownLatch.await)\n");
        assertThat(pools(run.failure("latch_beside_a_timer()")))
                .matches("\n  ScheduledThreadPoolExecutor of thread \"pool-\\d+-thread-1\" \\(idle, 1 thread\\)\n"
                        + "       1 queued, 1 of them not due: 1 by this test");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OtherPools {

        static final ExecutorService IDLE = pool(1, "idle");

        @Test
        void has_none() throws Exception {
            IDLE.submit(() -> 1).get();
            end.await();
        }
    }

    @Test
    void a_pool_that_has_none_of_its_jobs_is_not() {
        Shared.POOL.submit(waiting()); // which is nobody's
        assertThat(pools(run(OtherPools.class).failure("has_none()"))).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ManyQueued {

        @Test
        void waits() throws Exception {
            try (ExecutorService pool = pool(8, "worker")) {
                for (int i = 0; i < 5_000; i++) {
                    pool.submit(waiting());
                }
                end.await();
            }
        }
    }

    @Test
    void of_a_long_queue_only_the_first_are_looked_at() {
        assertThat(pools(run(ManyQueued.class).failure("waits()")))
                .contains("\n       8 like thread \"worker\"")
                .contains("\n       4992 queued: of the first 1000, 1000 by this test");
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Nested {

        @Test
        void a_job_that_is_left_does_not_matter() {
            ForkJoinPool.commonPool().submit(waiting());
        }

        @Test
        void submit() throws Exception {
            try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
                pool.submit(() -> pool.submit(() -> 1).get()).get(); // nested
            }
        }

        @Test
        void submit_to_a_pool_of_two() throws Exception {
            try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                assertThat(pool.submit(() -> pool.submit(() -> 1).get()).get()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_nested_submit_in_a_pool_of_one_thread_is_said_whatever_the_limit() throws Exception {
        Run run = Run.with(Map.of(Constants.TIMEOUT_PARAMETER, "off"), Nested.class);
        assertThat(run.failures()).containsOnlyKeys("submit()");
        assertThat(run.failure("submit()").getMessage().replaceAll("pool-\\d+", "pool-1"))
                .startsWith(
                        "The event loop can never go on: task \"PoolDumpTests.Nested.submit()\" waits for a job (L) that"
                                        .replace("L", lineOf("nested"))
                                + " thread \"pool-1-thread-1\" does, which waits for another (L) that is queued in the same"
                                        .replace("L", lineOf("nested"))
                                + " ThreadPoolExecutor, which has no other thread; give the inner job to another"
                                + " executor, or do not wait for it inside of the pool")
                .contains(
                        "thread \"pool-1-thread-1\" with a job of this test (in FutureTask.get, of a job that is queued"
                                + " here)")
                .contains("\n       1 queued by this test");
        assertThat(run.failure("submit()").getSuppressed()).allMatch(LeakError.class::isInstance);
    }

    private static String lineOf(String marker) throws Exception {
        return line(marker, "").replaceAll(".*\\((.*)\\)", "$1");
    }
}
