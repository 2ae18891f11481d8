package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How requests to cancel a task are counted and taken back; and which interruption counts as one. */
@Timeout(30)
class UncancelTests {

    private static final Duration HOUR = Duration.ofHours(1);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    private static void oneTurn() {
        Asyncio.sleep(Duration.ZERO);
    }

    private static void sleepIgnoringCancellation() {
        try {
            Asyncio.sleep(HOUR);
        } catch (CancelledException ignored) {
            // goes on
        }
    }

    @Test
    void G08_cancelling_counts_the_requests() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask("counted", () -> {
                sleepIgnoringCancellation();
                sleepIgnoringCancellation();
                Asyncio.sleep(HOUR);
            });
            oneTurn();
            assertThat(task.cancelling()).isZero();
            assertThat(task.toString()).startsWith("<task \"counted\", suspended");
            assertThat(task.cancel("first")).isTrue();
            assertThat(task.cancel("second")).isTrue();
            assertThat(task.cancelling()).isEqualTo(2);
            oneTurn();
            assertThat(task.cancelling()).as("also where the body caught it").isEqualTo(2);
            assertThat(task.toString()).startsWith("<task \"counted\" cancelling, ");
            assertThat(task).isNotDone();
            task.cancel("third");
            oneTurn();
            task.cancel("fourth");
            assertThat(catchThrowable(task::await)).hasMessage("fourth");
            assertThat(task.cancel("late")).isFalse();
            assertThat(task.cancelling()).isEqualTo(4);
            assertThat(task.toString()).startsWith("<task \"counted\", cancelled");
        });
    }

    @Test
    void G09_uncancel_counts_down_to_nothing_and_not_below() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> Asyncio.sleep(HOUR));
            assertThat(task.uncancel()).isZero();
            task.cancel("first");
            task.cancel("second");
            assertThat(task.uncancel()).isEqualTo(1);
            assertThat(task.uncancel()).isZero();
            assertThat(task.uncancel()).isZero();
            assertThat(task.cancelling()).isZero();
            task.cancel("third");
            assertThat(task.cancelling()).isEqualTo(1);
            assertThat(catchThrowable(task::await)).hasMessage("third");
        });
    }

    @Test
    void G09_uncancel_leaves_a_request_that_is_left() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> Asyncio.sleep(HOUR));
            oneTurn();
            task.cancel("first");
            task.cancel("second");
            task.uncancel();
            assertThat(catchThrowable(task::await)).isInstanceOf(CancelledException.class);
        });
    }

    @Test
    void G09_a_request_is_withdrawn_before_the_body_began() {
        Task<String> task = loop.createTask(() -> {
            oneTurn();
            return "ran";
        });
        task.cancel("withdrawn");
        task.uncancel();
        assertThat(loop.runUntilComplete(task)).isEqualTo("ran");
    }

    @Test
    void G09_a_request_is_withdrawn_while_the_task_is_ready_to_run() {
        LoopFuture<String> future = loop.createFuture();
        Task<String> task = loop.createTask(() -> future.await());
        loop.runUntilComplete(() -> {
            oneTurn();
            future.complete("result");
            task.cancel("withdrawn");
            task.uncancel();
            assertThat(task.await()).isEqualTo("result");
        });
    }

    @Test
    void G09_and_leaves_no_interruption_behind() {
        LoopFuture<String> future = loop.createFuture();
        Task<Boolean> task = loop.createTask(() -> {
            future.await();
            return Thread.currentThread().isInterrupted();
        });
        loop.runUntilComplete(() -> {
            oneTurn();
            future.complete("result");
            task.cancel("withdrawn");
            task.uncancel();
            assertThat(task.await()).isFalse();
        });
    }

    @Test
    void G09_a_request_is_withdrawn_while_the_task_waits() {
        LoopFuture<String> future = loop.createFuture();
        Task<String> task = loop.createTask(() -> future.await());
        loop.runUntilComplete(() -> {
            oneTurn();
            task.cancel("withdrawn");
            task.uncancel();
            oneTurn();
            oneTurn();
            assertThat(task).isNotDone();
            future.complete("result");
            assertThat(task.await()).isEqualTo("result");
        });
    }

    @Test
    void G09_a_task_withdraws_its_own_request_before_it_noticed() {
        Task<Boolean> task = loop.createTask(() -> {
            Asyncio.currentTask().cancel("withdrawn");
            Asyncio.currentTask().uncancel();
            oneTurn();
            return Thread.currentThread().isInterrupted();
        });
        assertThat(loop.runUntilComplete(task)).isFalse();
    }

    @Test
    void G09_what_the_body_was_told_is_not_taken_back() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                try {
                    Asyncio.sleep(HOUR);
                } finally {
                    Asyncio.currentTask().uncancel();
                }
            });
            oneTurn();
            task.cancel("told");
            assertThat(catchThrowable(task::await)).hasMessage("told");
            assertThat(task).isCancelled();
            assertThat(task.cancelling()).isZero();
        });
    }

    @Test
    void G09_uncancel_has_no_effect_on_a_task_that_is_done() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> Asyncio.sleep(HOUR));
            oneTurn();
            task.cancel("enough");
            assertThat(catchThrowable(task::await)).hasMessage("enough");
            assertThat(task.uncancel()).isZero();
            assertThat(task).isCancelled();
            assertThat(catchThrowable(task::await)).hasMessage("enough");
        });
    }

    @Test
    void G09_a_new_request_after_a_withdrawn_one_counts() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> Asyncio.sleep(HOUR));
            oneTurn();
            task.cancel("withdrawn");
            task.uncancel();
            task.cancel("meant");
            assertThat(catchThrowable(task::await)).hasMessage("meant");
        });
    }

    @Test
    void G10_a_time_out_takes_its_own_request_back_and_the_code_around_it_goes_on() {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> {
                assertThat(catchThrowable(() -> Asyncio.timeout(Duration.ofMillis(1), () -> Asyncio.sleep(HOUR))))
                        .isInstanceOf(TimeoutException.class);
                assertThat(Asyncio.currentTask().cancelling()).isZero();
                oneTurn();
                return "went on";
            });
            assertThat(task.await()).isEqualTo("went on");
        });
    }

    @Test
    void a_failure_after_a_caught_cancellation_is_no_cancellation_where_it_is_an_interruption() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                sleepIgnoringCancellation();
                throw new InterruptedException("of its own");
            });
            oneTurn();
            task.cancel("caught");
            assertThat(catchThrowable(task::await))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("of its own");
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    @Tag("scheduler")
    void an_interruption_that_was_caught_does_not_make_a_later_one_of_somebody_else_a_cancellation() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                try {
                    Thread.sleep(HOUR);
                } catch (InterruptedException caught) {
                    events.add("caught");
                }
                oneTurn();
                new CountDownLatch(1).await();
            });
            oneTurn();
            task.cancel("caught");
            oneTurn();
            oneTurn();
            assertThat(events).containsExactly("caught");
            task.coroutine().thread().interrupt();
            assertThat(catchThrowable(task::await)).isInstanceOf(InterruptedException.class);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    @Tag("scheduler")
    void an_interruption_is_the_cancellation_also_where_the_body_cleans_up_on_its_way() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                try {
                    Thread.sleep(HOUR);
                } finally {
                    Asyncio.sleep(Duration.ofMillis(1));
                    Thread.sleep(1);
                    events.add("cleaned up");
                }
            });
            oneTurn();
            task.cancel("enough");
            assertThat(catchThrowable(task::await)).hasMessage("enough");
            assertThat(task).isCancelled();
            assertThat(events).containsExactly("cleaned up");
        });
    }

    @Test
    @Tag("scheduler")
    void an_interruption_whose_request_was_taken_back_is_a_failure() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                try {
                    Thread.sleep(HOUR);
                } catch (InterruptedException caught) {
                    Asyncio.currentTask().uncancel();
                }
                throw new InterruptedException("of its own");
            });
            oneTurn();
            task.cancel("handled");
            assertThat(catchThrowable(task::await)).hasMessage("of its own");
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    @Tag("scheduler")
    void an_interruption_by_somebody_else_cancels_an_await_without_a_message_of_before() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> {
                sleepIgnoringCancellation();
                Asyncio.sleep(HOUR);
            });
            oneTurn();
            task.cancel("of before");
            oneTurn();
            task.coroutine().thread().interrupt();
            assertThat(catchThrowable(task::await))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage(null);
        });
    }

    @Test
    @Tag("scheduler")
    void a_call_that_cannot_be_interrupted_keeps_the_request_for_the_next_await() {
        loop.runUntilComplete(() -> {
            CompletableFuture<String> end = new CompletableFuture<>();
            Task<?> task = loop.createTask(() -> {
                events.add(end.join());
                Asyncio.sleep(HOUR);
            });
            oneTurn();
            task.cancel("kept");
            oneTurn();
            oneTurn();
            end.complete("not interrupted");
            assertThat(catchThrowable(task::await)).hasMessage("kept");
        });
        assertThat(events).containsExactly("not interrupted");
    }
}
