package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a runner does with what is left: asyncio's rules, by their numbers in the reference, and their bounds. */
@Timeout(60)
class RunnerCloseTests {

    private static final Duration LONG = Duration.ofHours(1);

    /** One that loses patience sooner than users want it to. */
    private final Runner runner = new Runner(EventLoop::create, LoopOptions.defaults(), Duration.ofMillis(200));

    private final EventLoop loop = runner.loop();

    @AutoClose
    private final LogCapture log = LogCapture.start();

    private final List<String> events = new ArrayList<>();

    @AfterEach
    void nothing_more_is_logged() {
        runner.close();
        assertThat(log.messages()).isEmpty();
    }

    private Task<?> left(String name, ThrowingRunnable body) {
        return runner.run(() -> {
            Task<?> task = loop.createTask(name, body);
            Asyncio.sleep(Duration.ZERO);
            return task;
        });
    }

    @Test
    void H10_leftovers_are_cancelled_and_awaited_silently() {
        Task<?> left = left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("cleaned up");
            }
        });
        Task<?> background = runner.run(() -> loop.createBackgroundTask("background", () -> Asyncio.sleep(LONG)));
        runner.close();
        assertThat(left).isCancelled();
        assertThat(background).isCancelled();
        assertThat(events).containsExactly("cleaned up");
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    void H10_the_result_of_the_main_task_is_returned_all_the_same() {
        assertThat(Asyncio.run(() -> {
                    EventLoop.running().createTask(() -> Asyncio.sleep(LONG));
                    return "result";
                }))
                .isEqualTo("result");
    }

    @Test
    void H10_one_that_did_not_begin_never_runs() {
        Task<?> left = loop.createTask(() -> events.add("ran"));
        runner.close();
        assertThat(left).isCancelled();
        assertThat(events).isEmpty();
    }

    @Test
    void H10_one_that_catches_it_and_returns_is_no_failure() {
        Task<?> left = left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } catch (CancelledException caught) {
                events.add("caught");
            }
        });
        runner.close();
        assertThat(left).isCompleted();
        assertThat(events).containsExactly("caught");
    }

    @Test
    void H11_a_leftover_that_fails_while_it_is_cancelled_is_reported_and_not_thrown() {
        IllegalStateException failure = new IllegalStateException("broken");
        left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                fail(failure);
            }
        });
        runner.close();
        LogRecord report = log.next();
        assertThat(report.getLevel()).isEqualTo(Level.SEVERE);
        assertThat(report.getMessage())
                .startsWith("unhandled exception during asyncio.run() shutdown\ntask: <task \"left\", failed");
        assertThat(report.getThrown()).isSameAs(failure);
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }

    @Test
    void H12_the_main_exception_wins_and_generators_are_closed_after_leftover_errors() {
        IllegalStateException main = new IllegalStateException("main");
        assertThat(catchThrowable(() -> {
                    try (runner) {
                        runner.run(() -> {
                            AsyncGenerator<Integer> generator = generator();
                            assertThat(generator.iterator().next()).isEqualTo(1);
                            loop.createTask("left", () -> {
                                try {
                                    Asyncio.sleep(LONG);
                                } finally {
                                    fail(new IllegalArgumentException("left"));
                                }
                            });
                            Asyncio.sleep(Duration.ZERO);
                            throw main;
                        });
                    }
                }))
                .isSameAs(main)
                .hasNoSuppressedExceptions();
        assertThat(log.next().getThrown()).hasMessage("left");
        assertThat(events).containsExactly("generator closed");
        assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
    }

    private AsyncGenerator<Integer> generator() {
        return AsyncGenerator.of(emitter -> {
            try {
                emitter.emit(1);
            } finally {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("generator closed");
            }
        });
    }

    @Test
    void a_generator_that_fails_when_it_is_closed_is_reported() {
        IllegalStateException failure = new IllegalStateException("broken");
        runner.run(() -> AsyncGenerator.of(emitter -> {
                    try {
                        emitter.emit(1);
                    } finally {
                        fail(failure);
                    }
                })
                .iterator()
                .next());
        runner.close();
        LogRecord report = log.next();
        assertThat(report.getMessage()).contains("an error occurred during closing of asynchronous generator");
        assertThat(report.getThrown()).isSameAs(failure);
    }

    /** E05 as well: the limit is what the executor was asked to wait. */
    @Test
    void H13_tasks_then_generators_then_the_executor_then_the_loop() {
        loop.setDefaultExecutor(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
                events.add("executor joined within " + unit.toSeconds(timeout) + " s");
                return super.awaitTermination(timeout, unit);
            }

            @Override
            protected void terminated() {
                events.add("loop " + (loop.isClosed() ? "closed" : "open"));
            }
        });
        left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                events.add("task");
            }
        });
        runner.run(() -> generator().iterator().next());
        runner.close();
        assertThat(events.subList(0, 2)).containsExactly("task", "generator closed");
        assertThat(events.subList(2, 4)).containsExactlyInAnyOrder("executor joined within 300 s", "loop open");
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    void H13_the_loop_is_closed_also_where_a_step_fails() {
        AssertionError thrown = new AssertionError("from the executor");
        loop.setDefaultExecutor(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void shutdown() {
                super.shutdown();
                throw thrown;
            }
        });
        loop.callLater(LONG, () -> {});
        left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                loop.stop();
            }
        });
        assertThat(catchThrowable(runner::close))
                .hasMessage("Event loop stopped before Future completed.")
                .satisfies(first -> assertThat(first.getSuppressed()).contains(thrown));
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    void H14_a_leftover_is_cancelled_once() {
        left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } catch (CancelledException swallowed) {
                Asyncio.sleep(Duration.ofMillis(50));
                events.add("swallowed");
            }
        });
        runner.close();
        assertThat(events).containsExactly("swallowed");
    }

    @Test
    void H14_one_that_swallows_its_cancellation_for_good_is_reported_with_its_stack_and_given_up() {
        Task<?> left = left("left", this::swallow);
        runner.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(left).isNotDone();
        LogRecord report = log.next();
        assertThat(report.getLevel()).isEqualTo(Level.WARNING);
        assertThat(report.getMessage())
                .startsWith(
                        "1 task did not end when cancelled at the end of a runner, whose loop is closed without them\n"
                                + "  1. task \"left\" (suspended in sleep, 60 min left)")
                .containsPattern("\n       waiting  .*RunnerCloseTests.deeper"
                        + ".*\n                .*RunnerCloseTests.swallow");
    }

    private void swallow() {
        while (true) {
            try {
                deeper();
            } catch (CancelledException swallowed) {
                events.add("swallowed");
            }
        }
    }

    private static void deeper() {
        Asyncio.sleep(LONG);
    }

    @Test
    void H14_several_are_counted() {
        left("first", this::swallow);
        left("second", this::swallow);
        runner.close();
        assertThat(log.next().getMessage())
                .startsWith("2 tasks did not end")
                .contains("\n  1. task \"first\"", "\n  2. task \"second\"");
        assertThat(events).as("each was asked once").containsExactly("swallowed", "swallowed");
    }

    @Test
    void H15_a_task_spawned_meanwhile_is_cancelled_too() {
        List<Task<?>> spawned = new ArrayList<>();
        left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                spawned.add(loop.createTask(() -> {
                    try {
                        Asyncio.sleep(LONG);
                    } finally {
                        spawned.add(loop.createTask(() -> Asyncio.sleep(LONG)));
                    }
                }));
                Asyncio.sleep(Duration.ZERO); // so that it begins
            }
        });
        runner.close();
        assertThat(spawned).hasSize(2).allSatisfy(task -> assertThat(task).isCancelled());
    }

    @Test
    void H15_but_not_as_long_as_one_that_is_ending_may_wait_for_it() {
        left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                loop.createTask("flush", () -> {
                            Asyncio.sleep(Duration.ofMillis(20));
                            events.add("flushed");
                        })
                        .await();
            }
        });
        runner.close();
        assertThat(events).containsExactly("flushed");
    }

    @Test
    void H15_what_keeps_one_from_ending_is_cancelled_when_the_time_is_over() {
        Task<?> left = left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                assertThat(catchThrowable(loop.createTask(() -> Asyncio.sleep(LONG))::await))
                        .isInstanceOf(CancelledException.class);
                events.add("ended");
            }
        });
        runner.close();
        assertThat(events).containsExactly("ended");
        assertThat(left).isDone();
    }

    @Test
    void H15_nor_without_end() {
        left("left", this::respawn);
        runner.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(log.next().getMessage()).containsPattern("^\\d tasks? did not end");
    }

    private void respawn() {
        try {
            Asyncio.sleep(LONG);
        } finally {
            loop.createTask("respawned", this::respawn);
            Asyncio.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void H15_a_task_that_a_generator_starts_when_it_is_closed_is_cancelled_too() {
        List<Task<?>> spawned = new ArrayList<>();
        runner.run(() -> AsyncGenerator.of(emitter -> {
                    try {
                        emitter.emit(1);
                    } finally {
                        spawned.add(loop.createTask(() -> Asyncio.sleep(LONG)));
                    }
                })
                .iterator()
                .next());
        runner.close();
        assertThat(spawned).hasSize(1).allSatisfy(task -> assertThat(task).isCancelled());
    }

    @Test
    void a_generator_that_does_not_end_is_given_up() {
        runner.run(() -> AsyncGenerator.of(emitter -> {
                    try {
                        emitter.emit(1);
                    } finally {
                        Asyncio.sleep(LONG);
                    }
                })
                .iterator()
                .next());
        runner.close();
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    @Tag("scheduler")
    void virtual_threads_of_the_code_under_test_are_leftovers_too() {
        Thread thread = runner.run(() -> {
            Thread started = loop.threadFactory().newThread(() -> {
                try {
                    Thread.sleep(LONG);
                } catch (InterruptedException interrupted) {
                    events.add("interrupted");
                }
            });
            started.start();
            Asyncio.sleep(Duration.ZERO);
            return started;
        });
        runner.close();
        assertThat(thread.isAlive()).isFalse();
        assertThat(events).containsExactly("interrupted");
    }

    /** It goes on after its loop. That is known where a loop notes who creates what: here in debug mode. */
    @Test
    void what_a_class_initialiser_started_is_left_alone() {
        try (Runner debugging = Runner.create(LoopOptions.defaults().debug(true))) {
            assertThat(debugging.run(() -> ForGood.TASK.isDone())).isFalse();
        }
        assertThat(ForGood.TASK).isNotDone();
    }

    private static final class ForGood {

        static final Task<?> TASK = EventLoop.running().createTask(() -> Asyncio.sleep(LONG));
    }

    @Test
    void an_interrupt_from_before_is_kept_and_does_not_cut_the_end_short() {
        Task<?> left = left("left", () -> {
            try {
                Asyncio.sleep(LONG);
            } finally {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("cleaned up");
            }
        });
        Thread.currentThread().interrupt();
        runner.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(events).containsExactly("cleaned up");
        assertThat(left).isCancelled();
    }

    @Test
    void an_interrupt_meanwhile_ends_the_step_and_the_loop_is_closed() {
        Thread driver = Thread.currentThread();
        Runner patient = Runner.create();
        patient.run(() -> {
            patient.loop().createTask(() -> {
                try {
                    Asyncio.sleep(LONG);
                } finally {
                    Thread.ofPlatform().start(driver::interrupt);
                    Asyncio.sleep(LONG);
                }
            });
            Asyncio.sleep(Duration.ZERO);
        });
        EventLoop its = patient.loop();
        assertThat(catchThrowable(patient::close)).isInstanceOf(InterruptedException.class);
        assertThat(its.isClosed()).isTrue();
        assertThat(log.next().getMessage()).startsWith("1 task did not end");
    }

    @Test
    void it_is_not_closed_from_inside() {
        runner.run(() -> {
            assertThatIllegalStateException()
                    .isThrownBy(runner::close)
                    .withMessage("Cannot close a running event loop");
        });
        try (EventLoop other = EventLoop.create()) {
            other.runUntilComplete(() -> assertThatIllegalStateException()
                    .isThrownBy(runner::close)
                    .withMessage("Cannot run the event loop while another loop is running"));
        }
        assertThat(runner.run(() -> "still open")).isEqualTo("still open");
    }

    @Test
    void a_loop_that_was_closed_by_its_user_is_done_with() {
        Task<?> left = left("left", () -> Asyncio.sleep(LONG));
        loop.close();
        assertThat(log.next().getMessage()).startsWith("Task was destroyed but it is pending!");
        runner.close();
        assertThat(left).isNotDone();
        assertThatIllegalStateException().isThrownBy(runner::loop).withMessage("Runner is closed");
    }

    @Test
    void where_nothing_is_left_nothing_is_run() {
        runner.run(() -> 1);
        long steps = loop.core().driver().steps();
        runner.close();
        assertThat(loop.core().driver().steps()).isEqualTo(steps);
    }

    @Test
    void E05_the_threads_of_the_executor_have_as_long_as_in_asyncio() {
        assertThat(Shutdown.EXECUTOR_LIMIT).isEqualTo(Duration.ofSeconds(300));
    }
}
