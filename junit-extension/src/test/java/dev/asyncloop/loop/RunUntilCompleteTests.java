package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** asyncio's rules for run_until_complete, by their numbers in the reference. */
@Timeout(30)
class RunUntilCompleteTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    @Test
    void A01_a_body_becomes_a_task_and_its_value_is_returned() {
        String result = loop.runUntilComplete(() -> {
            assertThat(Asyncio.currentTask()).isNotNull();
            return "value";
        });
        assertThat(result).isEqualTo("value");
    }

    @Test
    void A01_time_passes_while_the_body_sleeps() {
        Duration start = loop.time();
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofMillis(30)));
        assertThat(loop.time().minus(start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void A02_a_task_is_used_itself() {
        Task<Integer> task = loop.createTask(() -> 7);
        assertThat(loop.<Integer>runUntilComplete(task)).isEqualTo(7);
        assertThat(task).isDone();
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void A02_a_future_is_used_itself() {
        LoopFuture<String> future = loop.createFuture();
        loop.callSoon(() -> future.complete("set"));
        assertThat(loop.<String>runUntilComplete(future)).isEqualTo("set");
    }

    @Test
    void A03_a_stage_of_another_library_is_waited_for() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        loop.callSoon(() -> foreign.complete("foreign"));
        assertThat(loop.<String>runUntilComplete(foreign)).isEqualTo("foreign");
    }

    @Test
    void A04_null_is_refused() { // the compiler refuses what asyncio has a TypeError for
        String required = "a body or a future is required";
        assertThatNullPointerException()
                .isThrownBy(() -> loop.runUntilComplete((Callable<?>) null))
                .withMessage(required);
        assertThatNullPointerException()
                .isThrownBy(() -> loop.runUntilComplete((ThrowingRunnable) null))
                .withMessage(required);
        assertThatNullPointerException()
                .isThrownBy(() -> loop.runUntilComplete((CompletionStage<?>) null))
                .withMessage(required);
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void A05_a_future_of_another_loop_is_refused() {
        try (EventLoop other = EventLoop.create()) {
            LoopFuture<String> future = other.createFuture();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> loop.runUntilComplete(future))
                    .withMessage("The future belongs to a different loop than the one specified as the loop argument");
        }
    }

    @Test
    void A06_stopping_before_completion_is_an_error() {
        LoopFuture<String> never = loop.createFuture();
        loop.callSoon(loop::stop);
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.runUntilComplete(never))
                .withMessage("Event loop stopped before Future completed.");
    }

    @Test
    void A07_a_task_that_was_stopped_can_be_resumed_or_cancelled() {
        LoopFuture<String> signal = loop.createFuture();
        Task<String> resumed = loop.createTask(signal::await);
        Task<String> cancelled =
                loop.createTask(() -> loop.<String>createFuture().await());
        loop.callSoon(loop::stop);
        assertThatIllegalStateException().isThrownBy(() -> loop.runUntilComplete(resumed));
        assertThat(resumed).isNotDone();
        assertThat(loop.allTasks()).containsExactly(resumed, cancelled);

        signal.complete("later");
        assertThat(loop.<String>runUntilComplete(resumed)).isEqualTo("later");
        cancelled.cancel("enough");
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> loop.runUntilComplete(cancelled))
                .withMessage("enough");
    }

    @Test
    void A08_a_future_that_ends_in_the_turn_that_stops_the_loop_gives_its_result() {
        Task<String> task = loop.createTask(() -> {
            loop.stop();
            return "in time";
        });
        assertThat(loop.<String>runUntilComplete(task)).isEqualTo("in time");
    }

    @Test
    void A09_the_exception_of_the_body_itself_is_thrown() {
        IOException checked = new IOException("disk");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> loop.runUntilComplete(() -> {
                    throw checked;
                }))
                .isSameAs(checked);
    }

    @Test
    void A10_a_cancelled_task_is_a_cancellation() {
        Task<String> task = loop.createTask(() -> loop.<String>createFuture().await());
        loop.callSoon(() -> task.cancel("by a callback"));
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> loop.runUntilComplete(task))
                .withMessage("by a callback");
    }

    @Test
    void A11_a_nested_run_is_refused() {
        loop.runUntilComplete(() -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> loop.runUntilComplete(() -> events.add("never")))
                    .withMessage("This event loop is already running");
            assertThatIllegalStateException()
                    .isThrownBy(loop::runForever)
                    .withMessage("This event loop is already running");
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
        assertThat(events).isEmpty();
    }

    @Test
    void A11_a_run_from_a_callback_is_refused() {
        LoopFuture<Throwable> refusal = loop.createFuture();
        loop.callSoon(() -> {
            try {
                loop.runUntilComplete(() -> events.add("never"));
            } catch (IllegalStateException refused) {
                refusal.complete(refused);
            }
        });
        assertThat(loop.<Throwable>runUntilComplete(refusal)).hasMessage("This event loop is already running");
    }

    @Test
    void A11_a_run_from_another_thread_is_refused() {
        loop.runUntilComplete(() -> {
            CompletableFuture<String> refusal = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                try {
                    loop.runUntilComplete(() -> events.add("never"));
                } catch (IllegalStateException refused) {
                    refusal.complete(refused.getMessage());
                }
            });
            assertThat(Asyncio.await(refusal)).isEqualTo("This event loop is already running");
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
        assertThat(events).isEmpty();
    }

    @Test
    void A12_a_run_inside_of_another_loop_is_refused() {
        try (EventLoop other = EventLoop.create()) {
            String refusal = "Cannot run the event loop while another loop is running";
            loop.runUntilComplete(() -> assertThatIllegalStateException()
                    .isThrownBy(() -> other.runUntilComplete(() -> events.add("never")))
                    .withMessage(refusal));
            loop.callSoon(() -> assertThatIllegalStateException()
                    .isThrownBy(other::runForever)
                    .withMessage(refusal));
            loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
            assertThat(other.allTasks()).isEmpty();
        }
        assertThat(events).isEmpty();
    }

    @Test
    @Tag("scheduler")
    void A12_a_virtual_thread_that_a_task_started_is_inside_of_the_loop_too() {
        try (EventLoop other = EventLoop.create()) {
            loop.runUntilComplete(() -> Thread.startVirtualThread(
                            () -> assertThatIllegalStateException().isThrownBy(other::runForever))
                    .join());
        }
    }

    @Test
    void A13_a_closed_loop_is_refused() {
        loop.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.runUntilComplete(() -> events.add("never")))
                .withMessage("Event loop is closed");
        assertThatIllegalStateException().isThrownBy(loop::runForever).withMessage("Event loop is closed");
    }

    @Test
    void A14_an_error_of_the_body_leaves_the_run() {
        StackOverflowError error = new StackOverflowError();
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> loop.runUntilComplete(() -> {
                    throw error;
                }))
                .isSameAs(error);
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void A14_an_error_of_another_task_stays_in_that_task() { // an Error is an AssertionError here, not a Ctrl-C
        Task<?> other = loop.createTask(() -> {
            throw new AssertionError("elsewhere");
        });
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofMillis(1)));
        assertThat(other).isCompletedExceptionally();
    }

    @Test
    void A16_an_error_leaves_no_stop_behind() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> loop.runUntilComplete(() -> {
                    throw new AssertionError();
                }));
        assertThat(loop.<String>runUntilComplete(() -> {
                    Asyncio.sleep(Duration.ZERO);
                    Asyncio.sleep(Duration.ZERO);
                    return "not stopped";
                }))
                .isEqualTo("not stopped");
    }

    @Test
    void A17_an_error_of_a_callback_leaves_the_run_and_no_stop_behind() {
        LoopFuture<String> future = loop.createFuture();
        loop.callSoon(() -> future.complete("done"));
        loop.callSoon(() -> {
            throw new AssertionError("in a callback");
        });
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> loop.runUntilComplete(future));

        assertThat(loop.<String>runUntilComplete(() -> {
                    Asyncio.sleep(Duration.ZERO);
                    Asyncio.sleep(Duration.ZERO);
                    return "not stopped";
                }))
                .isEqualTo("not stopped");
    }

    @Test
    void A17_also_where_the_stop_was_due_already() {
        LoopFuture<String> done = loop.createFuture();
        done.complete("done");
        loop.callSoon(() -> {
            throw new AssertionError("before the stop, in the same turn");
        });
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> loop.runUntilComplete(done));
        assertThat(loop.<String>runUntilComplete(() -> {
                    Asyncio.sleep(Duration.ZERO);
                    Asyncio.sleep(Duration.ZERO);
                    return "not stopped";
                }))
                .isEqualTo("not stopped");
    }

    @Test
    void A18_for_a_done_future_one_turn_runs() {
        LoopFuture<String> done = loop.createFuture();
        done.complete("done");
        loop.callSoon(() -> {
            events.add("first turn");
            loop.callSoon(() -> events.add("second turn"));
        });
        assertThat(loop.<String>runUntilComplete(done)).isEqualTo("done");
        assertThat(events).containsExactly("first turn");
    }

    @Test
    void A20_timers_stay_after_the_run() {
        loop.callLater(Duration.ofMillis(300), () -> {
            events.add("later");
            loop.stop();
        });
        loop.runUntilComplete(() -> {});
        assertThat(events).isEmpty();
        loop.runForever();
        assertThat(events).containsExactly("later");
    }

    @Test
    void a_body_that_wraps_a_failure_like_the_jdk_fails_with_its_wrapper() {
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IOException("inner"));
        assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
                .isThrownBy(() -> loop.runUntilComplete(() -> failed.join()))
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void a_virtual_thread_of_no_loop_may_run_one() throws Exception {
        CompletableFuture<Thread> carrier = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            loop.callSoon(() -> carrier.complete(Thread.currentThread()));
            loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofMillis(1)));
        });
        caller.join();
        assertThat(carrier.get().isVirtual()).isFalse();
        assertThat(carrier.get().getName()).isEqualTo("asyncloop-carrier");
        assertThat(carrier.get().isDaemon()).isTrue();
    }

    @Test
    void a_virtual_thread_that_runs_a_loop_sees_the_exception_of_the_body() throws Exception {
        IOException thrown = new IOException("body");
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        loop.runUntilComplete(() -> {
                            throw thrown;
                        });
                    } catch (Throwable outcome) {
                        seen.complete(outcome);
                    }
                })
                .join();
        assertThat(seen.get()).isSameAs(thrown);
    }

    @Test
    void a_virtual_thread_that_runs_a_loop_can_be_interrupted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                loop.runUntilComplete(() -> {
                    running.countDown();
                    loop.createFuture().await();
                });
            } catch (Throwable outcome) {
                seen.complete(outcome);
            }
        });
        running.await();
        caller.interrupt();
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        caller.join();
    }

    /** From JDK 27 on it would be, if the run did not see to it. */
    @Test
    void a_path_of_the_driving_thread_is_not_mistaken_for_one_that_a_task_used(@TempDir Path folder)
            throws IOException {
        Path used = folder.toRealPath();
        Path below = Files.createDirectory(used.resolve("below"));
        assertThat(used.toRealPath()).isEqualTo(used);
        loop.runUntilComplete(() -> below.toRealPath());
        assertThat(used.toRealPath()).isEqualTo(used);
    }
}
