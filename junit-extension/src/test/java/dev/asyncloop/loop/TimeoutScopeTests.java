package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.origin.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time-outs of a task, by asyncio's rules for {@code timeout} and {@code timeout_at}. */
@Timeout(30)
class TimeoutScopeTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(2);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    private static void sleepForAnHour() {
        Asyncio.sleep(HOUR);
    }

    private void assertNothingIsLeft() {
        assertThat(Asyncio.currentTask().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Asyncio.sleep(Duration.ZERO);
        assertThat(loop.snapshot().tasks()).hasSize(1);
    }

    @Test
    void a_body_in_time_returns_its_result() {
        loop.runUntilComplete(() -> {
            assertThat(Asyncio.<String>timeout(HOUR, () -> {
                        Asyncio.sleep(Duration.ZERO);
                        return "in time";
                    }))
                    .isEqualTo("in time");
            Asyncio.timeout(HOUR, () -> {
                events.add("without a result");
            });
            assertNothingIsLeft();
        });
        assertThat(events).hasSize(1);
    }

    @Test
    void a_body_that_is_late_is_cancelled_and_that_is_a_time_out() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> awaited = loop.createFuture();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeout(SOON, () -> awaited.await()))
                    .withMessage("timed out after 2 ms")
                    .havingCause()
                    .isInstanceOf(CancelledException.class)
                    .withMessage("timed out after 2 ms");
            assertThat(awaited).isCancelled();
            assertNothingIsLeft();
        });
    }

    @Test
    @Tag("scheduler")
    void a_blocking_call_of_the_JDK_is_ended_too() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            loop.runUntilComplete(() -> {
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> Asyncio.timeout(SOON, () -> Thread.sleep(HOUR)))
                        .withCauseInstanceOf(InterruptedException.class);
                assertNothingIsLeft();
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> Asyncio.timeout(SOON, () -> new LinkedBlockingQueue<>().take()));
                assertNothingIsLeft();
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> Asyncio.timeout(SOON, () -> server.accept()));
                assertNothingIsLeft();
                Thread.sleep(1);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void none_or_a_negative_one_is_over_at_the_first_wait(long seconds) {
        loop.runUntilComplete(() -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeout(Duration.ofSeconds(seconds), () -> {
                        events.add("began");
                        Asyncio.sleep(HOUR);
                        events.add("never");
                    }))
                    .withMessage("timed out after 0 ms");
            assertThat(Asyncio.<String>timeout(Duration.ofSeconds(seconds), () -> "without a wait"))
                    .isEqualTo("without a wait");
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("began");
    }

    @Test
    void an_overflowing_one_never_ends() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        loop.runUntilComplete(() -> {
            Asyncio.timeout(longest, () -> Asyncio.sleep(SOON));
            Asyncio.timeoutAt(longest, () -> Asyncio.sleep(SOON));
            assertNothingIsLeft();
        });
    }

    @Test
    void timeoutAt_takes_a_time_of_the_loop() {
        loop.runUntilComplete(() -> {
            Duration when = loop.time().plus(SOON);
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeoutAt(when, TimeoutScopeTests::sleepForAnHour));
            assertThat(loop.time()).isGreaterThanOrEqualTo(when);
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeoutAt(Duration.ZERO, TimeoutScopeTests::sleepForAnHour));
            assertThat(Asyncio.<String>timeoutAt(loop.time().plus(HOUR), () -> "in time"))
                    .isEqualTo("in time");
        });
    }

    @Test
    void a_request_that_nobody_noticed_is_withdrawn_at_the_end() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> future = loop.createFuture();
            assertThat(Asyncio.<String>timeout(Duration.ZERO, () -> {
                        loop.callSoon(() -> future.complete("in the turn in which the time is over"));
                        return future.await();
                    }))
                    .isEqualTo("in the turn in which the time is over");
            assertNothingIsLeft();
        });
    }

    @Test
    void a_failure_of_the_body_stays_what_it_is() {
        IOException failure = new IOException("own");
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(() -> Asyncio.timeout(HOUR, () -> {
                        throw failure;
                    })))
                    .isSameAs(failure);
            assertThat(catchThrowable(() -> Asyncio.timeout(SOON, () -> {
                        try {
                            Asyncio.sleep(HOUR);
                        } finally {
                            fail(failure);
                        }
                    })))
                    .as("also while it was cancelled")
                    .isSameAs(failure);
            assertNothingIsLeft();
        });
    }

    private static void fail(IOException failure) throws IOException {
        throw failure;
    }

    @Test
    void a_body_that_ignores_it_is_no_time_out() {
        loop.runUntilComplete(() -> {
            assertThat(Asyncio.<String>timeout(SOON, () -> {
                        assertThat(catchThrowable(TimeoutScopeTests::sleepForAnHour))
                                .isInstanceOf(CancelledException.class);
                        return "ignored";
                    }))
                    .isEqualTo("ignored");
            assertNothingIsLeft();
        });
    }

    @Test
    void a_cancellation_by_somebody_else_stays_one() {
        Task<?> task = loop.createTask(() -> Asyncio.timeout(HOUR, TimeoutScopeTests::sleepForAnHour));
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            task.cancel("by somebody else");
            assertThat(catchThrowable(task::await)).hasMessage("by somebody else");
        });
        assertThat(task).isCancelled();
    }

    @Test
    void also_where_the_time_is_over_in_the_same_turn() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> Asyncio.timeout(Duration.ZERO, () -> {
                Task<?> me = Asyncio.currentTask();
                loop.callSoon(() -> me.cancel("by somebody else"));
                Asyncio.sleep(HOUR);
            }));
            assertThat(catchThrowable(task::await))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("by somebody else");
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void a_request_that_was_there_before_is_not_its_own() {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> {
                assertThat(catchThrowable(TimeoutScopeTests::sleepForAnHour))
                        .isInstanceOf(CancelledException.class); // and cleans up
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> Asyncio.timeout(SOON, TimeoutScopeTests::sleepForAnHour));
                assertThat(Asyncio.currentTask().cancelling()).isEqualTo(1);
                return "cleaned up";
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel("enough");
            assertThat(task.await()).isEqualTo("cleaned up");
        });
    }

    @Test
    void the_inner_of_two_is_over_first() {
        loop.runUntilComplete(() -> {
            Asyncio.timeout(HOUR, () -> {
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> Asyncio.timeout(SOON, TimeoutScopeTests::sleepForAnHour));
                Asyncio.sleep(Duration.ZERO);
                events.add("went on");
            });
            assertNothingIsLeft();
        });
        assertThat(events).containsExactly("went on");
    }

    @Test
    void the_outer_of_two_is_over_first() {
        loop.runUntilComplete(() -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeout(SOON, () -> {
                        assertThat(catchThrowable(() -> Asyncio.timeout(HOUR, TimeoutScopeTests::sleepForAnHour)))
                                .isInstanceOf(CancelledException.class);
                        events.add("the inner one saw a cancellation");
                        throw new CancelledException("as it was");
                    }));
            assertNothingIsLeft();
        });
        assertThat(events).hasSize(1);
    }

    @Test
    void where_both_are_over_in_one_turn_it_is_the_outer_ones() {
        loop.runUntilComplete(() -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.timeout(Duration.ZERO, () -> {
                        assertThat(catchThrowable(
                                        () -> Asyncio.timeout(Duration.ZERO, TimeoutScopeTests::sleepForAnHour)))
                                .isInstanceOf(CancelledException.class);
                        events.add("the inner one saw a cancellation");
                        throw new CancelledException("as it was");
                    }));
            assertNothingIsLeft();
        });
        assertThat(events).hasSize(1);
    }

    @Test
    void its_time_can_be_moved() {
        loop.runUntilComplete(() -> {
            try (TimeoutScope timeout = Asyncio.timeout(HOUR)) {
                assertThat(timeout.when()).isGreaterThan(loop.time().plus(Duration.ofMinutes(59)));
                assertThat(timeout.toString()).isEqualTo("<Timeout [active] when=" + timeout.when() + ">");
                Duration soon = loop.time().plus(SOON);
                timeout.reschedule(soon);
                assertThat(timeout.when()).isEqualTo(soon);
                assertThat(timeout.expired()).isFalse();
                assertThat(catchThrowable(TimeoutScopeTests::sleepForAnHour))
                        .isInstanceOf(CancelledException.class)
                        .hasMessageStartingWith("timed out after ");
                assertThat(timeout.expired()).isTrue();
                assertThat(timeout).hasToString("<Timeout [expiring]>");
                assertThatIllegalStateException()
                        .isThrownBy(() -> timeout.reschedule(HOUR))
                        .withMessage("Cannot change state of expiring Timeout");
                assertThatExceptionOfType(TimeoutException.class).isThrownBy(timeout::close);
                assertThat(timeout.expired()).isTrue();
                assertThatIllegalStateException()
                        .isThrownBy(() -> timeout.reschedule(HOUR))
                        .withMessage("Cannot change state of expired Timeout");
            }
            assertNothingIsLeft();
        });
    }

    @Test
    void moved_away_it_does_not_end_when_it_was_to() {
        loop.runUntilComplete(() -> {
            TimeoutScope timeout = Asyncio.timeoutAt(loop.time().plus(SOON));
            timeout.reschedule(loop.time().plus(HOUR));
            Asyncio.sleep(SOON.multipliedBy(2));
            timeout.close();
            assertThat(timeout.expired()).isFalse();
            assertThat(timeout).hasToString("<Timeout [finished]>");
            assertThatIllegalStateException()
                    .isThrownBy(() -> timeout.reschedule(HOUR))
                    .withMessage("Cannot change state of finished Timeout");
            assertNothingIsLeft();
        });
    }

    @Test
    void out_of_a_try_with_resources_the_cancellation_says_why_and_the_time_out_is_suppressed() {
        loop.runUntilComplete(() -> {
            Throwable thrown = catchThrowable(() -> {
                try (TimeoutScope timeout = Asyncio.timeout(SOON)) {
                    assertThat(timeout.expired()).isFalse();
                    Asyncio.sleep(HOUR);
                }
            });
            assertThat(thrown).isInstanceOf(CancelledException.class).hasMessage("timed out after 2 ms");
            assertThat(thrown.getSuppressed())
                    .hasOnlyElementsOfType(TimeoutException.class)
                    .hasSize(1);
            assertNothingIsLeft();
        });
    }

    @Test
    void closed_before_the_body_was_told_it_is_silent() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> future = loop.createFuture();
            TimeoutScope timeout = Asyncio.timeout(Duration.ZERO);
            loop.callSoon(() -> future.complete("in the turn in which the time is over"));
            future.await();
            assertThat(timeout.expired()).isTrue();
            timeout.close();
            assertNothingIsLeft();
        });
    }

    @Test
    void closed_while_somebody_else_cancels_it_leaves_the_cancellation() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                TimeoutScope timeout = Asyncio.timeout(Duration.ZERO);
                Task<?> me = Asyncio.currentTask();
                loop.callSoon(() -> me.cancel("by somebody else"));
                assertThat(catchThrowable(TimeoutScopeTests::sleepForAnHour)).isInstanceOf(CancelledException.class);
                timeout.close();
                events.add("closed");
            });
            task.await();
            assertThat(task.cancelling()).isEqualTo(1);
        });
        assertThat(events).containsExactly("closed");
    }

    @Test
    void another_task_cannot_close_it() {
        loop.runUntilComplete(() -> {
            TimeoutScope timeout = Asyncio.timeout(HOUR);
            Task<?> other = loop.createTask(timeout::close);
            assertThat(catchThrowable(other::await))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "<Timeout \\[active] when=.*> belongs to task \"task-\\d+\"; only the task that opened"
                                    + " it can wait for it or close it");
            timeout.close();
        });
    }

    @Test
    void it_belongs_inside_a_task() {
        String sentence = "Timeout should be used inside a task";
        assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.timeout(HOUR))
                .withMessage(sentence);
        assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.timeoutAt(HOUR, () -> events.add("never")))
                .withMessage(sentence);
        assertThat(events).isEmpty();
    }

    @Test
    void null_is_refused() {
        loop.runUntilComplete(() -> {
            assertThatNullPointerException()
                    .isThrownBy(() -> Asyncio.timeout(null, () -> "x"))
                    .withMessage("delay");
            assertThatNullPointerException()
                    .isThrownBy(() -> Asyncio.timeoutAt(null))
                    .withMessage("when");
            assertThatNullPointerException()
                    .isThrownBy(() -> Asyncio.timeout(HOUR, (ThrowingRunnable) null))
                    .withMessage("body");
            assertThatNullPointerException()
                    .isThrownBy(() -> Asyncio.timeoutAt(HOUR, (java.util.concurrent.Callable<?>) null))
                    .withMessage("body");
            try (TimeoutScope timeout = Asyncio.timeout(HOUR)) {
                assertThatNullPointerException()
                        .isThrownBy(() -> timeout.reschedule(null))
                        .withMessage("when");
            }
            assertNothingIsLeft();
        });
    }

    /** A time-out that is opened in the set-up of a test and closed in its tear-down. */
    @Test
    void it_spans_the_phases_of_a_test() {
        MainTask main = MainTasks.of(loop, "the test", Owner.named("test"));
        TimeoutScope timeout = main.run(() -> Asyncio.timeout(SOON));
        assertThat(catchThrowable(() -> main.run(() -> {
                    Asyncio.sleep(HOUR);
                    return null;
                })))
                .isInstanceOf(CancelledException.class)
                .hasMessage("timed out after 2 ms");
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> main.run(() -> {
                    assertThat(Asyncio.currentTask().cancelling()).isZero();
                    Asyncio.sleep(Duration.ZERO);
                    timeout.close();
                    return null;
                }))
                .withMessage("timed out after 2 ms");
        main.finish();
    }

    @Test
    void over_between_two_phases_it_is_the_second_one_that_is_told() {
        MainTask main = MainTasks.of(loop, "the test", Owner.named("test"));
        TimeoutScope timeout = main.run(() -> Asyncio.timeout(Duration.ofMillis(1)));
        while (!timeout.expired()) {
            loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofMillis(1)));
        }
        assertThat(catchThrowable(() -> main.run(() -> {
                    events.add("called");
                    Asyncio.sleep(HOUR);
                    return events.add("never");
                })))
                .hasMessage("timed out after 1 ms");
        assertThat(events).containsExactly("called");
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> main.run(() -> {
                    timeout.close();
                    return null;
                }));
        main.finish();
    }
}
