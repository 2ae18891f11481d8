package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.testing.LeftOpen;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.lang3.concurrent.BackgroundInitializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.lifecycle.Startables;

/** A job belongs to whoever gave it, however old its pool is. */
@Timeout(120)
class JobTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private static final ThreadPoolExecutor POOL =
            new ThreadPoolExecutor(16, 16, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    private static final ExecutorService SMALL = Executors.newFixedThreadPool(1);

    private static final ThreadPoolExecutor BLOCKED =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1);

    private static final ExecutorService PER_JOB = Executors.newThreadPerTaskExecutor(Thread::new);

    private static final ExecutorService VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    private static CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end_all() {
        end.countDown();
        end = new CountDownLatch(1);
        TIMER.getQueue().clear();
    }

    @AfterAll
    static void shut_down() {
        POOL.shutdownNow();
        SMALL.shutdownNow();
        BLOCKED.shutdownNow();
        TIMER.shutdownNow();
        PER_JOB.shutdownNow();
        VIRTUAL.shutdownNow();
    }

    /** A job that waits for the end of the test that gives it, whenever it begins. */
    private static Runnable waiting() {
        CountDownLatch now = end;
        return () -> waitFor(now);
    }

    private static void waitFor(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException goesOn) {
                over = false;
            }
        }
    }

    static void nothing() {}

    private static void fail() {
        throw new AssertionError("apples");
    }

    /** What a library starts in a pool of its own. */
    private record Starting(Runnable job) implements Startable {

        @Override
        public void start() {
            job.run();
        }

        @Override
        public void stop() {}
    }

    /** What a library submits to the pool that it is given. */
    private static final class Failing extends BackgroundInitializer<String> {

        Failing(ExecutorService pool) {
            super(pool);
        }

        @Override
        protected String initialize() {
            fail();
            return "unreached";
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaky {

        @Test
        void fire_and_forget() {
            CompletableFuture.runAsync(waiting());
        }

        @Test
        void waited_for_too_short() {
            CompletableFuture<Void> future = CompletableFuture.runAsync(waiting());
            assertThrows(TimeoutException.class, () -> future.get(1, TimeUnit.MILLISECONDS));
        }

        @Test
        void submitted_to_the_common_pool() {
            ForkJoinPool.commonPool().submit(waiting());
        }

        @Test
        void executed_by_an_older_pool() {
            POOL.execute(waiting());
        }

        @Test
        void submitted_to_an_older_pool() {
            POOL.submit(waiting());
        }

        @Test
        void queued() {
            Runnable job = waiting();
            for (int i = 0; i < 3; i++) {
                SMALL.execute(job); // the same object each time
            }
        }

        @Test
        void delayed() {
            TIMER.schedule(JobTests::nothing, 1, TimeUnit.HOURS);
        }

        @Test
        void periodic() {
            TIMER.scheduleAtFixedRate(JobTests::nothing, 0, 5, TimeUnit.MILLISECONDS);
        }

        @Test
        void handed_on_by_a_job() throws Exception {
            POOL.submit(() -> {
                        CompletableFuture.runAsync(waiting());
                    })
                    .get();
        }

        /** The library lets the JDK's future run it, which lets go of it then. */
        @Test
        void given_by_a_library() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            Runnable job = waiting();
            Startables.deepStart(new Starting(() -> {
                begun.countDown();
                job.run();
            }));
            begun.await();
        }

        @Test
        void in_a_thread_of_an_executor_that_is_nobodys() {
            PER_JOB.execute(waiting());
        }

        @Test
        void in_a_virtual_thread_of_an_executor_that_is_nobodys() throws Exception {
            POOL.submit(() -> VIRTUAL.execute(waiting())).get();
        }
    }

    private static Run strict(Class<?>... fixtures) {
        return Run.with(Map.of("asyncloop.leaks", "strict"), fixtures);
    }

    @Test
    void a_job_that_has_not_ended_is_found() {
        Run run = strict(Leaky.class);
        assertThat(run.failures())
                .hasSize(12)
                .allSatisfy((test, failure) -> assertThat(((LeakError) failure).leaks())
                        .as(test)
                        .isNotEmpty()
                        .extracting(Leak::kind)
                        .isSubsetOf(kinds(test)));
        assertThat(run.failure("queued()"))
                .hasMessageContaining("left 3 things behind")
                .hasMessageContaining("(queued)");
        assertThat(run.failure("delayed()"))
                .hasMessageContaining("pending job in a ScheduledThreadPoolExecutor (due in 60 min)");
        assertThat(run.failure("periodic()")).hasMessageContaining("periodic job in a ScheduledThreadPoolExecutor");
        assertThat(run.failure("executed_by_an_older_pool()"))
                .hasMessageContaining("pending job in a ThreadPoolExecutor (running in thread \"pool-")
                .hasMessageContaining("given    dev.asyncloop.jupiter.JobTests$Leaky.executed_by_an_older_pool(")
                .hasMessageContaining("waiting  dev.asyncloop.jupiter.JobTests.waitFor(");
    }

    /** Where there are few processors, older JDKs have a thread for each job of {@code runAsync}. */
    private static List<LeakKind> kinds(String test) {
        return List.of("fire_and_forget()", "waited_for_too_short()", "handed_on_by_a_job()")
                        .contains(test)
                ? List.of(LeakKind.PENDING_JOB, LeakKind.PLATFORM_THREAD)
                : List.of(LeakKind.PENDING_JOB);
    }

    @Test
    void by_default_it_is_a_warning() {
        Run run = Run.of(Leaky.class);
        assertThat(run.failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class PeriodicInCommonPool {

        @Test
        void periodic() throws InterruptedException {
            CountDownLatch twice = new CountDownLatch(2);
            ScheduledFuture<?> periodic =
                    commonTimer().scheduleAtFixedRate(twice::countDown, 0, 5, TimeUnit.MILLISECONDS);
            HOOKS.add(() -> periodic.cancel(false));
            twice.await();
        }
    }

    private static ScheduledExecutorService commonTimer() {
        return (ScheduledExecutorService) (Object) ForkJoinPool.commonPool();
    }

    @Test
    @EnabledForJreRange(minVersion = 25, disabledReason = "older ForkJoinPools delay nothing")
    void one_that_comes_again_in_the_common_pool_is_found() {
        assertThat(strict(PeriodicInCommonPool.class).failure("periodic()"))
                .hasMessageContaining("periodic job in the common pool")
                .hasMessageContaining("given    dev.asyncloop.jupiter.JobTests$PeriodicInCommonPool.periodic(");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Clean {

        @Test
        void joined() {
            CompletableFuture.runAsync(JobTests::nothing).join();
        }

        @Test
        void parallel() {
            assertThat(IntStream.range(0, 10_000).parallel().sum()).isPositive();
        }

        @Test
        void about_to_end() {
            POOL.execute(JobTests::nothing);
        }

        @Test
        void cancelled() {
            TIMER.schedule(JobTests::nothing, 1, TimeUnit.HOURS).cancel(false);
        }

        @Test
        void cancelled_step_that_stays_in_the_queue() throws Exception {
            CountDownLatch over = new CountDownLatch(1);
            Future<?> busy = Leaks.background(() -> SMALL.submit(() -> JobTests.await(over)));
            HOOKS.add(() -> {
                over.countDown();
                busy.get();
            });
            CompletableFuture.runAsync(JobTests::nothing, SMALL).cancel(false);
        }

        @Test
        void periodic_and_cancelled() {
            TIMER.scheduleAtFixedRate(JobTests::nothing, 0, 5, TimeUnit.MILLISECONDS)
                    .cancel(false);
        }

        @Test
        void taken_back() {
            CountDownLatch over = new CountDownLatch(1);
            for (int i = 0; i < POOL.getCorePoolSize(); i++) {
                POOL.execute(() -> JobTests.await(over));
            }
            Runnable job = JobTests::nothing;
            POOL.execute(job);
            assertThat(POOL.remove(job)).isTrue();
            over.countDown();
        }

        @Test
        void refused_and_run_by_its_giver() {
            try (ExecutorService small = new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(1),
                    new ThreadPoolExecutor.CallerRunsPolicy())) {
                for (int i = 0; i < 5; i++) {
                    small.execute(JobTests::nothing);
                }
            }
        }

        @Test
        void declared_as_background() throws Exception {
            Leaks.background(() -> TIMER.scheduleAtFixedRate(JobTests::nothing, 0, 5, TimeUnit.MILLISECONDS));
        }

        @Test
        void forked() {
            ForkJoinPool.commonPool().invoke(new Halves(10));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("serial") // nobody serialises it
    static final class Halves extends RecursiveAction {
        private final int depth;

        Halves(int depth) {
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth > 0) {
                ForkJoinTask.invokeAll(new Halves(depth - 1), new Halves(depth - 1));
            }
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class TakesBack {

        /** So often that there is no patience any more with what it gives. */
        @RepeatedTest(40)
        void taken_back() {
            Runnable job = JobTests::nothing;
            BLOCKED.execute(job);
            assertThat(BLOCKED.remove(job)).isTrue();
        }
    }

    @Test
    void one_that_was_taken_back_is_not_however_often() {
        BLOCKED.execute(waiting());
        assertThat(strict(TakesBack.class).failures()).isEmpty();
    }

    @Test
    void one_that_has_ended_is_not() {
        assertThat(strict(Clean.class).failures()).isEmpty();
    }

    /** Which is no look at what it failed with. */
    private static void awaitDone(Future<?> future) throws InterruptedException {
        while (!future.isDone()) {
            Thread.sleep(1);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Swallows {

        @Test
        void submit() {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(JobTests::fail);
            }
        }

        @Test
        void run_async() {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                CompletableFuture.runAsync(JobTests::fail, pool);
            }
        }

        @Test
        void at_fixed_rate() throws InterruptedException {
            Future<?> failing = TIMER.scheduleAtFixedRate(JobTests::fail, 0, 5, TimeUnit.MILLISECONDS);
            awaitDone(failing);
        }

        @Test
        void given_by_a_library() {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                new Failing(pool).start();
            }
        }

        @Test
        void virtual() {
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                pool.submit(JobTests::fail);
            }
        }
    }

    @Test
    void what_a_job_threw_is_found_if_nobody_looked() {
        assertThat(Run.of(Swallows.class).failures())
                .hasSize(5)
                .allSatisfy((test, failure) -> assertThat(((LeakError) failure).leaks())
                        .singleElement()
                        .satisfies(leak -> {
                            assertThat(leak.kind()).isEqualTo(LeakKind.TASK_EXCEPTION);
                            assertThat(leak.what())
                                    .isEqualTo("exception of a job that nobody looked at"
                                            + " (java.lang.AssertionError: apples)");
                        }));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Looks {

        private static void expect(Future<?> future) {
            assertThrows(ExecutionException.class, future::get);
        }

        /** What they fail with afterwards, their futures do not tell. */
        @Test
        void cancelled_or_completed_while_it_runs() {
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch givenUp = new CountDownLatch(1);
            Runnable job = () -> {
                begun.countDown();
                JobTests.await(givenUp);
                fail();
            };
            try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                Future<?> cancelled = pool.submit(job);
                CompletableFuture<Void> completed = CompletableFuture.runAsync(job, pool);
                JobTests.await(begun);
                cancelled.cancel(false);
                completed.complete(null);
                givenUp.countDown();
            }
        }

        /** A worker that waits for a job of its own queue does it first, so that nothing waits when it fails. */
        @Test
        void join_by_the_worker_that_does_it() {
            try (ForkJoinPool pool = new ForkJoinPool(1)) {
                CompletableFuture.runAsync(
                                () -> assertThrows(
                                        CompletionException.class,
                                        () -> CompletableFuture.runAsync(JobTests::fail, pool)
                                                .join()),
                                pool)
                        .join();
            }
        }

        @Test
        void get_with_a_limit_by_the_worker_that_does_it() {
            try (ForkJoinPool pool = new ForkJoinPool(1)) {
                CompletableFuture.runAsync(
                                () -> assertThrows(
                                        ExecutionException.class,
                                        () -> CompletableFuture.runAsync(JobTests::fail, pool)
                                                .get(1, TimeUnit.MINUTES)),
                                pool)
                        .join();
            }
        }

        @Test
        void the_other_one_of_two() throws InterruptedException {
            CompletableFuture<Void> failed = CompletableFuture.runAsync(JobTests::fail, POOL);
            awaitDone(failed);
            expect(CompletableFuture.completedFuture(3).thenCombine(failed, (apples, none) -> apples));
        }

        @Test
        void what_a_function_returned() throws InterruptedException {
            CompletableFuture<Void> failed = CompletableFuture.runAsync(JobTests::fail, POOL);
            awaitDone(failed);
            expect(CompletableFuture.completedFuture(3).thenCompose(apples -> failed));
        }

        @Test
        void get() {
            expect(POOL.submit(JobTests::fail));
        }

        @Test
        void get_of_a_completable_future() {
            expect(CompletableFuture.runAsync(JobTests::fail));
        }

        @Test
        void state() throws InterruptedException {
            Future<?> future = POOL.submit(JobTests::fail);
            awaitDone(future);
            assertThat(future.state()).isEqualTo(Future.State.FAILED);
        }

        @Test
        void handler_that_came_before() {
            CountDownLatch there = new CountDownLatch(1);
            CompletableFuture<String> handled = CompletableFuture.runAsync(() -> {
                        JobTests.await(there);
                        fail();
                    })
                    .handle((none, thrown) -> "handled");
            there.countDown();
            assertThat(handled.join()).isEqualTo("handled");
        }

        @Test
        void when_complete() {
            CountDownLatch told = new CountDownLatch(1);
            CompletableFuture.runAsync(JobTests::fail).whenComplete((none, thrown) -> told.countDown());
            JobTests.await(told);
        }
    }

    @Test
    void what_somebody_looked_at_is_not() {
        assertThat(Run.of(Looks.class).failures()).isEmpty();
    }

    /** A pool of the class, whose worker was started by another test. */
    @ExtendWith(AsyncLoopExtension.class)
    static class OfTheGiver {

        private static ExecutorService pool;

        @BeforeAll
        static void make() throws Exception {
            pool = Executors.newFixedThreadPool(1);
            pool.submit(JobTests::nothing).get();
        }

        @AfterAll
        static void shutDown() {
            pool.shutdownNow();
        }

        @Test
        void thread() throws Exception {
            pool.submit(() -> Thread.ofPlatform().daemon().name("left").start(waiting()))
                    .get();
        }

        @Test
        void executor() throws Exception {
            pool.submit(() -> Executors.newCachedThreadPool().submit(waiting())).get();
        }

        @Test
        void uncaught() {
            pool.execute(JobTests::fail);
        }
    }

    @Test
    void what_a_job_starts_or_throws_is_its_givers() {
        Map<String, Throwable> failures = strict(OfTheGiver.class).failures();
        assertThat(failures.keySet()).containsExactlyInAnyOrder("thread()", "executor()", "uncaught()");
        Predicate<Throwable> uncaught =
                failure -> ((LeakError) failure).leaks().getFirst().kind() == LeakKind.UNCAUGHT_EXCEPTION;
        assertThat(failures.get("uncaught()")).matches(uncaught);
    }
}
