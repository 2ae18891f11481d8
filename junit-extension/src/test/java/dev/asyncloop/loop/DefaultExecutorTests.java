package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.snapshot.Activity;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** asyncio's rules for executors, by their numbers in the reference. */
@Timeout(60)
class DefaultExecutorTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** Ends every job that a test has blocked; closed after the loop, or else the loop's threads would wait for it. */
    private final CountDownLatch release = new CountDownLatch(1);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    @AutoClose
    private final AutoCloseable releasing = release::countDown;

    private final List<String> events = new ArrayList<>();

    private @Nullable Void block() throws InterruptedException {
        release.await();
        return null;
    }

    @Test
    void E01_a_job_runs_on_another_thread_and_its_result_is_awaited() {
        Thread worker = loop.runUntilComplete(
                () -> loop.runInExecutor(Thread::currentThread).await());
        assertThat(worker).isNotSameAs(Thread.currentThread());
        assertThat(worker.isVirtual()).isFalse();
        assertThat(worker.isDaemon()).isTrue();
        assertThat(worker.getName()).isEqualTo("asyncloop-executor-1");
    }

    @Test
    void E01_other_tasks_run_meanwhile() {
        loop.runUntilComplete(() -> {
            LoopFuture<@Nullable Void> blocked = loop.runInExecutor(this::block);
            loop.createTask(release::countDown);
            blocked.await();
        });
        assertThat(release.getCount()).isZero();
    }

    @Test
    void E01_what_the_job_throws_is_thrown_itself() {
        IOException thrown = new IOException("broken");
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    Callable<String> job = () -> {
                        throw thrown;
                    };
                    return loop.runInExecutor(job).await();
                })))
                .isSameAs(thrown);
    }

    @Test
    void E01_or_on_a_thread_of_the_executor_that_is_named() {
        try (ExecutorService mine = Executors.newFixedThreadPool(1, task -> new Thread(task, "mine"))) {
            assertThat(loop.runUntilComplete(loop.runInExecutor(
                            mine, () -> Thread.currentThread().getName())))
                    .isEqualTo("mine");
        }
        assertThat(loop.jobs().hasExecutor()).isFalse();
    }

    @Test
    void the_default_executor_does_as_many_jobs_at_once_as_asyncios() {
        int threads = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
        CountDownLatch begun = new CountDownLatch(threads);
        loop.runUntilComplete(() -> {
            for (int i = 0; i < 40; i++) {
                loop.runInExecutor(() -> {
                    begun.countDown();
                    return block();
                });
            }
            loop.runInExecutor(command -> Thread.ofPlatform().start(command), () -> {
                        begun.await();
                        return null;
                    })
                    .await();
        });
        assertThat(threadsNamed("asyncloop-executor-")).hasSizeGreaterThanOrEqualTo(threads);
        assertThat(loop.core().work().away()).isEqualTo(40);
    }

    private static List<Thread> threadsNamed(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }

    @Test
    void the_result_comes_in_a_turn_of_the_loop() { // so that what depends on it runs there too
        AtomicReference<Thread> ran = new AtomicReference<>();
        LoopFuture<String> job = loop.runInExecutor(Runnable::run, () -> "done");
        job.thenAccept(result -> ran.set(Thread.currentThread()));
        assertThat(job).isNotDone();
        loop.runUntilComplete(job);
        assertThat(ran).hasValue(Thread.currentThread());
        LoopFuture<Thread> elsewhere =
                loop.runInExecutor(Thread::currentThread); // not from a task, whose threads are daemons
        elsewhere.thenAccept(result -> ran.set(Thread.currentThread()));
        assertThat(loop.runUntilComplete(elsewhere).isDaemon()).isTrue();
        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    void cancelling_the_future_cancels_a_job_that_did_not_begin() {
        List<Runnable> waiting = new ArrayList<>();
        LoopFuture<Boolean> job = loop.runInExecutor(waiting::add, () -> events.add("ran"));
        assertThat(loop.core().work().away()).isEqualTo(1);
        assertThat(job.cancel("not wanted")).isTrue();
        assertThat(job.cancel("again")).isFalse();
        assertThat(loop.core().work().away()).isZero();
        waiting.forEach(Runnable::run);
        assertThat(events).isEmpty();
        assertThat(loop.core().work().away()).isZero();
        assertThat(catchThrowable(() -> loop.runUntilComplete(job)))
                .isInstanceOf(CancelledException.class)
                .hasMessage("not wanted");
    }

    @Test
    void cancelling_the_future_of_a_job_that_runs_leaves_it_alone() {
        CountDownLatch begun = new CountDownLatch(1);
        LoopFuture<Boolean> job = loop.runInExecutor(() -> {
            begun.countDown();
            block();
            return Thread.currentThread().isInterrupted();
        });
        loop.runUntilComplete(() -> {
            loop.runInExecutor(command -> Thread.ofPlatform().start(command), () -> {
                        begun.await();
                        return null;
                    })
                    .await();
            job.cancel(null);
            assertThat(loop.core().work().away()).as("it is still under way").isEqualTo(1);
            release.countDown();
            loop.shutdownDefaultExecutor(LONG);
            Asyncio.sleep(Duration.ZERO);
            assertThat(loop.core().work().away()).isZero();
        });
        assertThat(job).isCancelled();
    }

    @Test
    void a_job_is_in_flight_until_its_result_is_in() {
        LoopFuture<String> inline = loop.runInExecutor(Runnable::run, () -> "done");
        assertThat(loop.core().work().away()).isEqualTo(1);
        loop.runUntilComplete(inline);
        assertThat(loop.core().work().away()).isZero();
    }

    @Test
    void a_job_that_an_executor_refuses_is_not_in_flight() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.close();
        assertThat(catchThrowable(() -> loop.runInExecutor(closed, () -> 1)))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(loop.core().work().away()).isZero();
    }

    @Test
    void a_waiting_task_says_what_it_waits_for() {
        Task<?> task =
                loop.createTask("hash", () -> loop.runInExecutor(this::block).await());
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(Activity.of(task.coroutine())).isEqualTo("suspended in await of a job in an executor");
    }

    @Test
    void to_thread_awaits_the_result() {
        assertThat(loop.runUntilComplete(
                        () -> Asyncio.toThread(() -> Thread.currentThread().getName())))
                .isEqualTo("asyncloop-executor-1");
        loop.runUntilComplete(() -> Asyncio.toThread(() -> {
            events.add("ran");
        }));
        assertThat(events).containsExactly("ran");
    }

    @Test
    void to_thread_is_for_tasks() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.toThread(() -> 1))
                .withMessage("no running event loop");
        loop.callSoon(() -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Asyncio.toThread(() -> events.add("ran")))
                    .withMessageStartingWith("await() was called outside of a task");
            events.add("refused");
        });
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(events).containsExactly("refused");
        assertThat(loop.jobs().hasExecutor()).isFalse();
    }

    @Test
    void cancelling_a_task_in_to_thread_cancels_the_job() {
        List<Runnable> waiting = new ArrayList<>();
        Task<?> task = loop.createTask(
                () -> loop.runInExecutor(waiting::add, () -> events.add("ran")).await());
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            task.cancel("enough");
            assertThat(catchThrowable(task::await)).isInstanceOf(CancelledException.class);
        });
        waiting.forEach(Runnable::run);
        assertThat(events).isEmpty();
    }

    @Test
    void E02_shutting_down_waits_for_the_workers() {
        loop.runUntilComplete(() -> {
            LoopFuture<Thread> job = loop.runInExecutor(() -> {
                block();
                return Thread.currentThread();
            });
            loop.createTask(release::countDown);
            loop.shutdownDefaultExecutor(LONG);
            assertThat(job.await().join(Duration.ofSeconds(10))).isTrue(); // it ends a moment after its executor
        });
    }

    @Test
    void E02_with_a_limit_that_passes_it_warns_and_goes_on() {
        try (LogCapture log = LogCapture.start()) {
            loop.runUntilComplete(() -> {
                loop.runInExecutor(this::block);
                loop.shutdownDefaultExecutor(Duration.ofMillis(100));
                assertThat(release.getCount()).as("it did not wait longer").isEqualTo(1);
            });
            var warning = log.next();
            assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
            assertThat(warning.getMessage())
                    .isEqualTo("The executor did not finishing joining its threads within 0.1 seconds.");
            assertThat(log.isEmpty()).isTrue();
        }
    }

    @Test
    void E02_a_limit_that_is_kept_warns_of_nothing() {
        try (LogCapture log = LogCapture.start()) {
            loop.runUntilComplete(() -> {
                loop.runInExecutor(() -> 1).await();
                loop.shutdownDefaultExecutor(Duration.ofSeconds(Long.MAX_VALUE));
            });
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void E02_a_negative_limit_does_not_wait() {
        try (LogCapture log = LogCapture.start()) {
            loop.runUntilComplete(() -> {
                loop.runInExecutor(this::block);
                loop.shutdownDefaultExecutor(Duration.ofSeconds(-1));
            });
            assertThat(log.next().getMessage()).endsWith("within -1 seconds.");
        }
    }

    @Test
    void shutting_down_counts_as_outside_work() { // or else a virtual clock would run away meanwhile
        loop.runUntilComplete(() -> {
            loop.runInExecutor(this::block).cancel(null);
            Task<?> shutdown = loop.createTask(() -> loop.shutdownDefaultExecutor(LONG));
            int before = loop.core().work().away();
            Asyncio.sleep(Duration.ZERO);
            assertThat(loop.core().work().away()).isEqualTo(before + 1);
            release.countDown();
            shutdown.await();
        });
    }

    @Test
    void E03_afterwards_nothing_is_taken_any_more() {
        loop.runUntilComplete(() -> {
            loop.runInExecutor(() -> 1).await();
            loop.shutdownDefaultExecutor(LONG);
            assertThatIllegalStateException()
                    .isThrownBy(() -> loop.runInExecutor(() -> 1))
                    .withMessage("Executor shutdown has been called");
        });
        assertThat(loop.core().work().away()).isZero();
    }

    @Test
    void E03_even_if_no_executor_ever_existed() {
        loop.runUntilComplete(() -> {
            loop.shutdownDefaultExecutor(LONG);
            assertThat(loop.jobs().hasExecutor()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(() -> loop.runInExecutor(() -> 1))
                    .withMessage("Executor shutdown has been called");
            loop.shutdownDefaultExecutor(LONG);
        });
    }

    @Test
    void E03_an_executor_of_ones_own_still_works() {
        loop.runUntilComplete(() -> {
            loop.shutdownDefaultExecutor(LONG);
            assertThat(loop.runInExecutor(Runnable::run, () -> 1).await()).isEqualTo(1);
        });
    }

    @Test
    void shutting_down_is_for_tasks_of_the_loop() {
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.shutdownDefaultExecutor(LONG))
                .withMessageStartingWith("await() was called outside of a task");
        try (EventLoop other = EventLoop.create()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> other.runUntilComplete(() -> loop.shutdownDefaultExecutor(LONG)))
                    .withMessageStartingWith("Non-thread-safe operation invoked on an event loop other than");
        }
        assertThat(loop.runUntilComplete(loop.runInExecutor(() -> 1)))
                .as("it was not shut down")
                .isEqualTo(1);
    }

    @Test
    void E04_the_default_executor_can_be_another() {
        ExecutorService mine = Executors.newFixedThreadPool(1, task -> new Thread(task, "mine"));
        loop.setDefaultExecutor(mine);
        assertThat(loop.runUntilComplete(
                        () -> Asyncio.toThread(() -> Thread.currentThread().getName())))
                .isEqualTo("mine");
        loop.close();
        assertThat(mine.isShutdown()).isTrue();
    }

    @Test
    void E04_null_is_no_executor() { // that it is one at all is the compiler's to check
        assertThatNullPointerException()
                .isThrownBy(() -> loop.setDefaultExecutor(nothing()))
                .withMessage("executor must be an ExecutorService");
    }

    @Test
    void the_loops_own_executor_ends_when_it_is_replaced_and_that_of_somebody_else_does_not() {
        Thread own = loop.runUntilComplete(loop.runInExecutor(Thread::currentThread));
        try (ExecutorService first = Executors.newSingleThreadExecutor();
                ExecutorService second = Executors.newSingleThreadExecutor()) {
            loop.setDefaultExecutor(first);
            Eventually.eventually("the loop's own thread ends", () -> !own.isAlive());
            loop.setDefaultExecutor(second);
            assertThat(first.isShutdown()).isFalse();
            loop.close();
            assertThat(first.isShutdown()).isFalse();
            assertThat(second.isShutdown()).isTrue();
        }
    }

    @Test
    void C06_closing_shuts_the_executor_down_without_waiting() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Thread> worker = new AtomicReference<>();
        loop.runInExecutor(() -> {
            worker.set(Thread.currentThread());
            begun.countDown();
            return block();
        });
        loop.runUntilComplete(() -> Asyncio.toThread(() -> {
            begun.await();
        }));
        loop.close();
        Thread busy = Objects.requireNonNull(worker.get());
        assertThat(busy.isAlive()).isTrue();
        assertThat(busy.isInterrupted()).isFalse();
        release.countDown();
        Eventually.eventually("the worker ends, since its executor was shut down", () -> !busy.isAlive());
    }

    @Test
    void C13_a_result_that_arrives_after_close_does_not_touch_the_loop() {
        List<Runnable> waiting = new ArrayList<>();
        LoopFuture<Boolean> job = loop.runInExecutor(waiting::add, () -> events.add("job"));
        job.addDoneCallback(done -> events.add("callback"));
        job.thenAccept(done -> events.add("dependent"));
        LoopFuture<Boolean> cancelled = loop.runInExecutor(waiting::add, () -> events.add("cancelled"));
        cancelled.cancel(null);
        loop.close();
        waiting.forEach(Runnable::run);
        assertThat(events).containsExactly("job");
        assertThat(job).isNotDone();
        assertThat(cancelled).isCancelled();
    }

    @Test
    void C03_a_closed_loop_takes_no_job() {
        loop.close();
        assertThat(List.<ThrowingCallable>of(
                        () -> loop.runInExecutor(() -> 1),
                        () -> loop.runInExecutor(Runnable::run, () -> 1),
                        () -> loop.setDefaultExecutor(Executors.newSingleThreadExecutor()),
                        () -> loop.shutdownDefaultExecutor(LONG)))
                .allSatisfy(operation ->
                        assertThatIllegalStateException().isThrownBy(operation).withMessage("Event loop is closed"));
    }

    @Test
    void null_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> loop.runInExecutor((Callable<?>) nothing()))
                .withMessage("job");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.runInExecutor(nothing(), () -> 1))
                .withMessage("executor");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.runInExecutor(Runnable::run, nothing()))
                .withMessage("job");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.shutdownDefaultExecutor(nothing()))
                .withMessage("limit");
    }

    @Test
    void another_thread_is_refused_while_the_loop_runs() {
        loop.runUntilComplete(() -> {
            List<Throwable> refusals = loop.runInExecutor(() -> List.of(
                            catchThrowable(() -> loop.runInExecutor(() -> 1)),
                            catchThrowable(() -> loop.runInExecutor(Runnable::run, () -> 1)),
                            catchThrowable(() -> loop.setDefaultExecutor(Executors.newSingleThreadExecutor())),
                            catchThrowable(() -> loop.shutdownDefaultExecutor(LONG))))
                    .await();
            assertThat(refusals)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("Non-thread-safe operation"));
        });
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
