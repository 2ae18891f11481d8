package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.pools.StuckPools;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.Latches;
import dev.asyncloop.testing.LeftOpen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pool of which every thread waits for a job in its queue ends the run; where anybody else could end one of these waits,
 * nothing is said.
 */
@Timeout(30)
@Tag("scheduler")
class PoolDeadlockTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    private final Owner owner = Owner.of("test", PoolDeadlockTests.class);

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(owner), watchdog.watchdog());

    /** The threads of all pools of the test. */
    private final List<Thread> workers = new CopyOnWriteArrayList<>();

    private final List<ExecutorService> pools = new CopyOnWriteArrayList<>();

    @AfterEach
    void end_all() {
        pools.forEach(ExecutorService::shutdownNow);
        JobOrigins.settle(owner); // as the end of its account does: one that joins a future cannot be interrupted
        ThreadOrigins.settle(owner);
    }

    private ThreadPoolExecutor pool(int threads) {
        return pool(threads, threads, new LinkedBlockingQueue<>());
    }

    private ThreadPoolExecutor pool(int core, int most, BlockingQueue<Runnable> queue) {
        return added(new ThreadPoolExecutor(core, most, 0, TimeUnit.SECONDS, queue, this::worker));
    }

    private Thread worker(Runnable work) {
        Thread worker = Thread.ofPlatform().daemon().name("worker").unstarted(work);
        workers.add(worker);
        return worker;
    }

    private <P extends ExecutorService> P added(P pool) {
        pools.add(pool);
        return pool;
    }

    /** Whether the loop and so many workers wait, and so many jobs are queued. */
    private boolean stands(int waiting, int queued) {
        return loop.core().driver().isIdle()
                && workers.size() == waiting
                && workers.stream()
                        .map(Thread::getState)
                        .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && pools.stream().mapToInt(PoolDeadlockTests::queued).sum() == queued;
    }

    private static int queued(ExecutorService pool) {
        return pool instanceof ThreadPoolExecutor queueing ? queueing.getQueue().size() : 0;
    }

    private void secondPasses() {
        watchdog.passes(Duration.ofSeconds(1).plus(DrivenWatchdog.TICK));
    }

    /** A worker may have waited for something else just now, such as a class to be loaded. */
    private void secondsPassUntilItEnds() {
        Eventually.eventually("the run ends", () -> {
            secondPasses();
            return !loop.isRunning();
        });
    }

    /** Once the loop and so many workers wait, {@code action} is done by a thread that belongs to nobody. */
    private void whenAllWait(int workers, int queued, Runnable action) {
        Thread.ofPlatform().start(() -> {
            Eventually.eventually("all wait", () -> stands(workers, queued));
            action.run();
        });
    }

    /** What the run says after a second in which nothing went on. */
    private String sentenceOf(int workers, Callable<?> body) {
        whenAllWait(workers, workers, this::secondsPassUntilItEnds);
        Throwable thrown = catchThrowable(() -> loop.runUntilComplete(loop.createTask("body", body)));
        assertThat(thrown).isInstanceOf(StuckLoopException.class);
        return thrown.getMessage().lines().findFirst().orElseThrow().replaceAll("PoolDeadlockTests\\.java:\\d+", ":n");
    }

    /** Nothing is said in a second in which nothing went on, and {@code rescue} lets it go on. */
    private @Nullable Object resultOf(int workers, int queued, Callable<?> body, Runnable rescue) {
        whenAllWait(workers, queued, () -> {
            secondPasses();
            rescue.run();
        });
        return loop.runUntilComplete(loop.createTask("body", body));
    }

    private static int joined(Future<Integer> future) {
        try {
            return future.get();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static final String FIX =
            "; give the inner job to another executor, or do not wait for it inside of the pool";

    @Test
    void a_job_that_waits_for_another_of_its_pool_of_one_thread() {
        ExecutorService pool = pool(1);
        assertThat(sentenceOf(
                        1, () -> pool.submit(() -> pool.submit(() -> 1).get()).get()))
                .isEqualTo("The event loop can never go on: task \"body\" waits for a job (:n) that thread \"worker\""
                        + " does, which waits for another (:n) that is queued in the same ThreadPoolExecutor,"
                        + " which has no other thread" + FIX);
    }

    @Test
    void so_do_all_of_a_pool_of_two() {
        ExecutorService pool = pool(2);
        assertThat(sentenceOf(2, () -> {
                    Future<Integer> first = pool.submit(() -> nested(pool));
                    pool.submit(() -> nested(pool));
                    return first.get();
                }))
                .contains("in the same ThreadPoolExecutor, whose 2 threads all wait for such jobs;");
    }

    private final CountDownLatch both = new CountDownLatch(2);

    private int nested(ExecutorService pool) throws Exception {
        both.countDown();
        both.await();
        return pool.submit(() -> 1).get();
    }

    @Test
    void so_does_one_that_may_have_more_but_starts_none_as_long_as_its_queue_takes_jobs() {
        ExecutorService pool = pool(1, 2, new LinkedBlockingQueue<>());
        assertThat(sentenceOf(
                        1, () -> pool.submit(() -> pool.submit(() -> 1).get()).get()))
                .contains("in the same ThreadPoolExecutor, which has no other thread;");
    }

    @Test
    void stages_of_futures() {
        ExecutorService pool = pool(1);
        assertThat(sentenceOf(
                        1,
                        () -> CompletableFuture.supplyAsync(
                                        () -> CompletableFuture.supplyAsync(() -> 1, pool)
                                                .thenCombine(new CompletableFuture<Integer>(), Integer::sum)
                                                .join(),
                                        pool)
                                .thenApply(one -> one + 1)
                                .join()))
                .contains("waits for another (:n) that is queued in the same");
    }

    @Test
    void an_await_of_such_a_stage() {
        ExecutorService pool = pool(1);
        assertThat(sentenceOf(
                        1,
                        () -> Asyncio.await(CompletableFuture.supplyAsync(() -> joined(pool.submit(() -> 1)), pool)
                                .thenApply(one -> one + 1))))
                .contains("task \"body\" waits for a job (:n) that thread \"worker\" does, which waits for another");
    }

    @Test
    void two_pools_that_wait_for_each_other() {
        ExecutorService one = pool(1);
        ExecutorService other = pool(1);
        assertThat(sentenceOf(2, () -> {
                    other.submit(() -> nested(one));
                    return one.submit(() -> nested(other)).get();
                }))
                .contains("which waits for another (:n) that is queued in a ThreadPoolExecutor, which has no other");
    }

    @Test
    void it_is_found_however_late_it_comes() {
        ExecutorService pool = pool(1);
        CountDownLatch later = new CountDownLatch(1);
        whenAllWait(1, 0, () -> {
            secondPasses();
            later.countDown();
            Eventually.eventually("it waits for the other", () -> stands(1, 1));
            secondsPassUntilItEnds();
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(loop.createTask(
                        "body",
                        () -> pool.submit(() -> {
                                    later.await();
                                    return pool.submit(() -> 1).get();
                                })
                                .get()))))
                .hasMessageContaining("The event loop can never go on: ");
    }

    // -------- what must not be taken for one

    @Test
    void a_thread_that_nobody_keeps_does_the_job() {
        ExecutorService pool = pool(2);
        CountDownLatch end = new CountDownLatch(1);
        assertThat(resultOf(
                        2,
                        1,
                        () -> {
                            pool.submit(() -> Latches.waitFor(end));
                            return pool.submit(() -> pool.submit(() -> 1).get()).get();
                        },
                        end::countDown))
                .isEqualTo(1);
    }

    @Test
    void a_wait_with_a_limit_ends() {
        ExecutorService pool = pool(1);
        CountDownLatch end = new CountDownLatch(1);
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> {
                                    Future<Integer> inner = pool.submit(() -> 1);
                                    while (end.getCount() > 0) {
                                        try {
                                            return inner.get(1, TimeUnit.HOURS);
                                        } catch (InterruptedException goesOn) {
                                            end.await();
                                        }
                                    }
                                    return 2;
                                })
                                .get(),
                        () -> {
                            end.countDown();
                            workers.get(0).interrupt();
                        }))
                .isEqualTo(2);
    }

    @Test
    void so_does_that_of_the_test() {
        ExecutorService pool = pool(1);
        assertThat(resultOf(
                        1,
                        1,
                        () -> {
                            Future<Integer> outer =
                                    pool.submit(() -> pool.submit(() -> 1).get());
                            return catchThrowable(() -> outer.get(2, TimeUnit.SECONDS));
                        },
                        () -> {}))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void a_pool_grows_where_its_queue_takes_nothing() {
        ExecutorService pool = pool(1, 2, new SynchronousQueue<>());
        assertThat(loop.<Integer>runUntilComplete(
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get()))
                .isEqualTo(1);
    }

    @Test
    void a_pool_may_grow_where_its_queue_becomes_full() {
        ExecutorService pool = pool(1, 2, new ArrayBlockingQueue<>(1));
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get(),
                        () -> pool.submit(() -> 2)))
                .isEqualTo(1);
    }

    /** Once it is armed, its only job is taken out as soon as somebody has seen it. */
    @SuppressWarnings("serial") // nobody serialises it
    private static final class TakenWhenSeen extends LinkedBlockingQueue<Runnable> {

        private volatile boolean armed;
        private volatile @Nullable Runnable taken;

        @Override
        public Iterator<Runnable> iterator() {
            List<Runnable> seen = List.of(toArray(Runnable[]::new));
            if (armed && !isEmpty()) {
                taken = poll();
            }
            return seen.iterator();
        }

        void doWhatWasTaken() {
            Objects.requireNonNull(taken).run();
        }
    }

    @Test
    void what_goes_on_while_it_is_looked_at_is_seen() {
        TakenWhenSeen queue = new TakenWhenSeen();
        ExecutorService pool = pool(1, 1, queue);
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        TimerHandle timer = loop.callLater(Duration.ofHours(1), () -> {}); // so that the loop itself does not look
        whenAllWait(1, 1, () -> {
            Coroutine body = loop.core().coroutines().get(0);
            Eventually.eventually("it is stuck", () -> new StuckPools(loop.core(), 1_000).keep(body));
            queue.armed = true;
            seen.add(new StuckPools(loop.core(), 1_000).keep(body));
            queue.doWhatWasTaken();
        });
        assertThat(loop.<Integer>runUntilComplete(
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get()))
                .isEqualTo(1);
        assertThat(seen).containsExactly(false);
        timer.cancel();
    }

    /** It is no platform thread, of which the JDK has a list. */
    @Test
    void a_virtual_thread_of_the_pool_may_do_the_job() {
        Queue<Thread.Builder> kinds = new ArrayDeque<>(List.of(Thread.ofVirtual()));
        ExecutorService pool = added(new ThreadPoolExecutor(
                2,
                2,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> kinds.isEmpty() ? worker(work) : kinds.remove().unstarted(work)));
        CountDownLatch end = new CountDownLatch(1);
        pool.execute(() -> Latches.waitFor(end));
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get(),
                        end::countDown))
                .isEqualTo(1);
    }

    @Test
    void a_pool_that_could_not_start_a_thread_may_do_so_later() {
        AtomicInteger asked = new AtomicInteger();
        ExecutorService pool = added(new ThreadPoolExecutor(
                2,
                2,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> asked.incrementAndGet() == 2 ? null : worker(work)));
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get(),
                        () -> pool.execute(() -> {})))
                .isEqualTo(1);
    }

    @Test
    void a_pool_that_refuses_has_its_caller_do_it() {
        ExecutorService pool = added(new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                this::worker,
                new ThreadPoolExecutor.CallerRunsPolicy()));
        assertThat(loop.<Integer>runUntilComplete(
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get()))
                .isEqualTo(1);
    }

    @Test
    void a_fork_join_pool_helps() {
        ExecutorService pool = added(new ForkJoinPool(1));
        assertThat(loop.<Integer>runUntilComplete(
                        () -> pool.submit(() -> pool.submit(() -> 1).get()).get()))
                .isEqualTo(1);
    }

    @Test
    void another_thread_of_the_test_may_end_it() {
        ExecutorService pool = pool(1);
        CountDownLatch end = new CountDownLatch(1);
        assertThat(resultOf(
                        1,
                        1,
                        () -> {
                            CompletableFuture<Integer> inner = new CompletableFuture<>();
                            Thread.ofPlatform().daemon().start(() -> {
                                Latches.waitFor(end);
                                inner.complete(3);
                            });
                            return nestedIn(pool, inner);
                        },
                        end::countDown))
                .isEqualTo(3);
    }

    /** The inner job would complete {@code inner}, as somebody else may. */
    private static int nestedIn(ExecutorService pool, CompletableFuture<Integer> inner) throws Exception {
        return pool.submit(() -> inner.completeAsync(() -> 1, pool).join()).get();
    }

    @Test
    void so_may_a_virtual_thread() {
        ExecutorService pool = pool(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> {
                                    Thread.startVirtualThread(() -> {
                                        Latches.waitFor(end);
                                        inner.complete(3);
                                    });
                                    return inner.completeAsync(() -> 1, pool).join();
                                })
                                .get(),
                        end::countDown))
                .isEqualTo(3);
    }

    @Test
    void so_may_one_of_an_executor_of_virtual_threads() {
        ExecutorService pool = pool(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> {
                                    added(Executors.newVirtualThreadPerTaskExecutor())
                                            .execute(() -> {
                                                Latches.waitFor(end);
                                                inner.complete(3);
                                            });
                                    return inner.completeAsync(() -> 1, pool).join();
                                })
                                .get(),
                        end::countDown))
                .isEqualTo(3);
    }

    @Test
    void so_may_a_job_of_another_pool() {
        ExecutorService pool = pool(1);
        ExecutorService other = pool(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        assertThat(resultOf(
                        2,
                        1,
                        () -> {
                            other.execute(() -> {
                                Latches.waitFor(end);
                                inner.complete(3);
                            });
                            return nestedIn(pool, inner);
                        },
                        end::countDown))
                .isEqualTo(3);
    }

    @Test
    void so_may_a_delayed_one() {
        ExecutorService pool = pool(1);
        ScheduledThreadPoolExecutor timer = added(new ScheduledThreadPoolExecutor(1, this::worker));
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        assertThat(resultOf(
                        2,
                        2,
                        () -> {
                            timer.schedule(() -> inner.complete(3), 1, TimeUnit.HOURS);
                            return nestedIn(pool, inner);
                        },
                        () -> inner.complete(4)))
                .isEqualTo(4);
    }

    @Test
    void so_may_the_time_limit_of_a_future() {
        ExecutorService pool = pool(1);
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        assertThat(resultOf(
                        1,
                        1,
                        () -> nestedIn(pool, inner.completeOnTimeout(5, 1, TimeUnit.HOURS)),
                        () -> inner.complete(4)))
                .isEqualTo(4);
    }

    @Test
    void a_future_that_either_of_two_completes_may_come_from_the_other() {
        ExecutorService pool = pool(1);
        CompletableFuture<Integer> other = new CompletableFuture<>();
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> CompletableFuture.supplyAsync(() -> 1, pool)
                                        .applyToEither(other, one -> one)
                                        .join())
                                .get(),
                        () -> other.complete(6)))
                .isEqualTo(6);
    }

    @Test
    void so_may_one_of_any() {
        ExecutorService pool = pool(1);
        CompletableFuture<Integer> other = new CompletableFuture<>();
        assertThat(resultOf(
                        1,
                        1,
                        () -> pool.submit(() -> CompletableFuture.anyOf(
                                                CompletableFuture.supplyAsync(() -> 1, pool), other)
                                        .join())
                                .get(),
                        () -> other.complete(6)))
                .isEqualTo(6);
    }

    @Test
    void another_task_of_the_loop_may_end_it() {
        ExecutorService pool = pool(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> inner = new CompletableFuture<>();
        loop.createTask("rescues", () -> {
            Latches.waitFor(end);
            inner.complete(3);
        });
        assertThat(resultOf(1, 1, () -> nestedIn(pool, inner), end::countDown)).isEqualTo(3);
    }
}
