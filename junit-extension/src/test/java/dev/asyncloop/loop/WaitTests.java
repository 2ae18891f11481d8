package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** asyncio's rules for {@code wait}, {@code as_completed} and {@code wait_for}. */
@org.junit.jupiter.api.Timeout(30)
class WaitTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(2);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final LoopFuture<String> first = loop.createFuture();
    private final LoopFuture<String> second = loop.createFuture();
    private final LoopFuture<String> third = loop.createFuture();
    private final List<LoopFuture<String>> all = List.of(first, second, third);
    private final List<String> events = new ArrayList<>();
    private final IOException failure = new IOException("of a future");

    private static void oneTurn() {
        Asyncio.sleep(Duration.ZERO);
    }

    /** Starts a task that waits, lets it wait, and returns it. */
    private Task<WaitResult<String>> waiting(ReturnWhen when) {
        Task<WaitResult<String>> task = loop.createTask(() -> Asyncio.awaitDone(all, when));
        oneTurn();
        return task;
    }

    private static void turns(int count) {
        for (int i = 0; i < count; i++) {
            oneTurn();
        }
    }

    @Test
    void wait_for_all_waits_for_all_however_they_end() {
        loop.runUntilComplete(() -> {
            Task<WaitResult<String>> task = loop.createTask(() -> Asyncio.awaitDone(all));
            oneTurn();
            assertThat(task.toString()).contains("suspended in wait for all of 3");
            third.complete("x");
            second.completeExceptionally(failure);
            turns(3);
            assertThat(task).isNotDone();
            first.cancel("enough");
            assertThat(task.await()).isEqualTo(new WaitResult<>(all, List.of()));
        });
    }

    @Test
    void wait_for_the_first_one_returns_with_any() {
        loop.runUntilComplete(() -> {
            Task<WaitResult<String>> task = waiting(ReturnWhen.FIRST_COMPLETED);
            assertThat(task.toString()).contains("suspended in wait for one of 3");
            second.complete("x");
            assertThat(task.await()).isEqualTo(new WaitResult<>(List.of(second), List.of(first, third)));
        });
    }

    @Test
    void wait_for_the_first_failure_returns_with_it_and_not_with_a_result_or_a_cancellation() {
        loop.runUntilComplete(() -> {
            Task<WaitResult<String>> task = waiting(ReturnWhen.FIRST_EXCEPTION);
            second.complete("x");
            first.cancel("no failure");
            turns(3);
            assertThat(task).isNotDone();
            third.completeExceptionally(failure);
            assertThat(task.await().done()).isEqualTo(all);
        });
        LoopFuture<String> pending = loop.createFuture();
        loop.runUntilComplete(() -> assertThat(Asyncio.awaitDone(List.of(pending, third), ReturnWhen.FIRST_EXCEPTION))
                .isEqualTo(new WaitResult<>(List.of(third), List.of(pending))));
    }

    @Test
    void wait_for_the_first_failure_returns_when_all_are_done_without_one() {
        loop.runUntilComplete(() -> {
            Task<WaitResult<String>> task = waiting(ReturnWhen.FIRST_EXCEPTION);
            all.forEach(future -> future.complete("x"));
            assertThat(task.await().pending()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_is_done_already_is_waited_for_by_a_turn(ReturnWhen when) {
        first.completeExceptionally(failure);
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> events.add("turn"));
            assertThat(Asyncio.awaitDone(List.of(first), when).done()).containsExactly(first);
            assertThat(events).containsExactly("turn");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 0, -5, Long.MIN_VALUE})
    void when_the_limit_is_over_wait_says_how_far_it_got(long millis) {
        loop.runUntilComplete(() -> {
            second.complete("x");
            Duration limit = millis == Long.MIN_VALUE ? Duration.ofSeconds(millis) : Duration.ofMillis(millis);
            assertThat(Asyncio.awaitDone(all, ReturnWhen.ALL_COMPLETED, limit))
                    .isEqualTo(new WaitResult<>(List.of(second), List.of(first, third)));
            assertThat(first).isNotDone();
        });
    }

    @Test
    void a_wait_that_ended_leaves_no_callback() {
        loop.runUntilComplete(() -> {
            second.complete("x");
            Asyncio.awaitDone(all, ReturnWhen.FIRST_COMPLETED);
            first.complete("x");
            assertThat(loop.core().driver().othersAreReady()).isFalse();
        });
    }

    @Test
    void cancelling_who_waits_cancels_nothing_else() {
        loop.runUntilComplete(() -> {
            Task<?> task = waiting(ReturnWhen.ALL_COMPLETED);
            task.cancel("enough");
            assertThat(catchThrowable(task::await)).hasMessage("enough");
            assertThat(all).noneMatch(CompletableFuture::isDone);
        });
    }

    @Test
    void one_that_is_given_twice_is_there_once() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        loop.runUntilComplete(() -> {
            first.complete("x");
            foreign.complete("y");
            WaitResult<String> result = Asyncio.awaitDone(List.of(first, foreign, first, foreign));
            assertThat(result.done()).hasSize(2).startsWith(first);
            assertThat(result.done().get(1).await()).isEqualTo("y");
        });
    }

    @Test
    void asCompleted_gives_them_in_the_order_in_which_they_end() {
        loop.runUntilComplete(() -> {
            second.complete("done before");
            loop.callSoon(() -> third.completeExceptionally(failure));
            loop.callLater(SOON, () -> first.cancel("last"));
            List<LoopFuture<String>> seen = new ArrayList<>();
            for (LoopFuture<String> done : Asyncio.asCompleted(all)) {
                assertThat(done).isDone();
                seen.add(done);
            }
            assertThat(seen).containsExactly(second, third, first);
        });
    }

    @Test
    void asCompleted_gives_one_that_is_there_twice_once_and_ends() {
        CompletableFuture<String> foreign = CompletableFuture.completedFuture("x");
        loop.runUntilComplete(() -> {
            Iterator<LoopFuture<String>> done =
                    Asyncio.asCompleted(List.of(foreign, foreign)).iterator();
            assertThat(done.next().await()).isEqualTo("x");
            assertThat(done.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(done::next);
            assertThat(Asyncio.asCompleted(List.<LoopFuture<String>>of())).isEmpty();
        });
    }

    @Test
    void asCompleted_times_out_for_each_that_is_not_done() {
        loop.runUntilComplete(() -> {
            second.complete("in time");
            Iterator<LoopFuture<String>> done = Asyncio.asCompleted(all, SOON).iterator();
            assertThat(done.next()).isSameAs(second);
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(done::next)
                    .withMessage("timed out after 2 ms");
            first.complete("late");
            turns(2);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(done::next);
            assertThat(done.hasNext()).isFalse();
            assertThat(third).isNotDone();
        });
    }

    @Test
    void asCompleted_within_no_time_gives_what_is_done() {
        loop.runUntilComplete(() -> {
            second.complete("in time");
            Iterator<LoopFuture<String>> done =
                    Asyncio.asCompleted(all, Duration.ofSeconds(-1)).iterator();
            assertThat(done.next()).isSameAs(second);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(done::next);
        });
    }

    @Test
    void cancelling_who_iterates_leaves_the_next_one_for_later() {
        loop.runUntilComplete(() -> {
            Iterator<LoopFuture<String>> done =
                    Asyncio.asCompleted(List.of(first)).iterator();
            Task<?> task = loop.createTask(() -> done.next());
            oneTurn();
            assertThat(task.toString()).contains("suspended in the next of 1 to complete");
            task.cancel("enough");
            assertThat(catchThrowable(task::await)).hasMessage("enough");
            assertThat(first).isNotDone();
            first.complete("x");
            assertThat(done.next()).isSameAs(first);
        });
    }

    @Test
    void two_tasks_may_share_an_iteration() {
        loop.runUntilComplete(() -> {
            Iterator<LoopFuture<String>> done =
                    Asyncio.asCompleted(List.of(first, second)).iterator();
            Task<?> one = loop.createTask(() -> done.next());
            Task<?> other = loop.createTask(() -> done.next());
            oneTurn();
            assertThat(done.hasNext()).isFalse();
            second.complete("x");
            first.complete("y");
            assertThat(List.of(one.await(), other.await())).containsExactly(second, first);
        });
    }

    @Test
    void waitFor_returns_the_result_in_time() {
        loop.runUntilComplete(() -> {
            assertThat(Asyncio.<String>waitFor(loop.createTask(() -> "in time"), HOUR))
                    .isEqualTo("in time");
            CompletableFuture<String> foreign = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> foreign.complete("from outside"));
            assertThat(Asyncio.<String>waitFor(foreign, HOUR)).isEqualTo("from outside");
            first.complete("done");
            assertThat(Asyncio.<String>waitFor(first, Duration.ZERO)).isEqualTo("done");
            second.completeExceptionally(failure);
            assertThat(catchThrowable(() -> Asyncio.waitFor(second, HOUR))).isSameAs(failure);
            assertThat(Asyncio.currentTask().cancelling()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 0, -2})
    void waitFor_cancels_what_it_waits_for_and_waits_for_its_end(long millis) {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> {
                try {
                    return first.await();
                } finally {
                    Asyncio.sleep(SOON);
                    events.add("cleaned up");
                }
            });
            oneTurn();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> Asyncio.waitFor(task, Duration.ofMillis(millis)))
                    .withMessage("timed out after " + Math.max(0, millis) + " ms")
                    .withCauseInstanceOf(CancelledException.class);
            assertThat(task).isCancelled();
            assertThat(events).containsExactly("cleaned up");
            assertThat(Asyncio.currentTask().cancelling()).isZero();
            oneTurn();
        });
    }

    @Test
    void waitFor_nothing_does_not_even_start_it() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> events.add("never"));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> Asyncio.waitFor(task, Duration.ZERO));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> Asyncio.waitFor(first, Duration.ZERO));
            assertThat(first).isCancelled();
        });
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 0})
    void waitFor_returns_the_result_of_what_ignores_its_cancellation(long millis) {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> {
                assertThat(catchThrowable(first::await)).isInstanceOf(CancelledException.class);
                return "nevertheless";
            });
            oneTurn();
            assertThat(Asyncio.<String>waitFor(task, Duration.ofMillis(millis))).isEqualTo("nevertheless");
        });
    }

    @Test
    void waitFor_a_failure_while_it_is_cancelled_is_that_failure() {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> {
                assertThat(catchThrowable(first::await)).isInstanceOf(CancelledException.class);
                throw failure;
            });
            oneTurn();
            assertThat(catchThrowable(() -> Asyncio.waitFor(task, SOON))).isSameAs(failure);
        });
    }

    @Test
    void cancelling_who_waits_cancels_what_it_waits_for() {
        loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(() -> Asyncio.waitFor(first, HOUR));
            oneTurn();
            task.cancel("enough");
            assertThat(catchThrowable(task::await))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("enough");
            assertThat(first).isCancelled();
        });
    }

    @Test
    void waitFor_a_future_that_somebody_else_cancels_is_a_cancellation() {
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> first.cancel("by somebody else"));
            assertThat(catchThrowable(() -> Asyncio.waitFor(first, HOUR))).hasMessage("by somebody else");
        });
    }

    @Test
    void nothing_to_wait_for_is_an_error() {
        loop.runUntilComplete(() -> assertThatIllegalArgumentException()
                .isThrownBy(() -> Asyncio.awaitDone(List.<LoopFuture<String>>of()))
                .withMessage("Set of Tasks/Futures is empty."));
    }

    @Test
    void a_task_cannot_wait_for_itself() {
        loop.runUntilComplete(() -> {
            Task<?> me = Asyncio.currentTask();
            List<ThrowingRunnable> wrong = List.of(
                    () -> Asyncio.awaitDone(List.of(me)),
                    () -> Asyncio.awaitDone(List.of(first, me), ReturnWhen.FIRST_COMPLETED, SOON),
                    () -> Asyncio.asCompleted(List.of(me)),
                    () -> Asyncio.waitFor(me, HOUR),
                    () -> Asyncio.waitFor(me, Duration.ZERO),
                    () -> Asyncio.gather(first, me).await(),
                    () -> Asyncio.shield(me).await());
            for (ThrowingRunnable attempt : wrong) {
                assertThatIllegalStateException().isThrownBy(attempt::run).withMessage("Task cannot await on itself");
            }
            assertThat(me.cancelling()).isZero();
            oneTurn();
        });
    }

    @Test
    void G17_a_future_of_another_loop_is_refused_everywhere() {
        try (EventLoop other = EventLoop.create()) {
            LoopFuture<String> future = other.createFuture();
            loop.runUntilComplete(() -> {
                List<ThrowingRunnable> wrong = List.of(
                        () -> Asyncio.awaitDone(List.of(first, future)),
                        () -> Asyncio.asCompleted(List.of(future)),
                        () -> Asyncio.waitFor(future, HOUR),
                        () -> Asyncio.waitFor(future, Duration.ZERO),
                        () -> Asyncio.gather(first, future),
                        () -> Asyncio.gatherOutcomes(List.of(future)),
                        () -> Asyncio.shield(future));
                for (ThrowingRunnable attempt : wrong) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(attempt::run)
                            .withMessage("The future belongs to a different loop than the one specified as the loop"
                                    + " argument");
                }
            });
            assertThat(future).isNotDone();
        }
    }

    @Test
    void null_is_refused_everywhere() {
        List<LoopFuture<String>> withNull = new ArrayList<>();
        withNull.add(first);
        withNull.add(null);
        loop.runUntilComplete(() -> {
            assertRefused("a stage is null", () -> Asyncio.awaitDone(withNull));
            assertRefused("a stage is null", () -> Asyncio.asCompleted(withNull));
            assertRefused("a stage is null", () -> Asyncio.gather(withNull));
            assertRefused("a stage is null", () -> Asyncio.gather(first, null));
            assertRefused("a stage is null", () -> Asyncio.gatherOutcomes(withNull));
            assertRefused("a stage is null", () -> Asyncio.shield(null));
            assertRefused("a stage is null", () -> Asyncio.waitFor(null, HOUR));
            assertRefused("limit", () -> Asyncio.waitFor(first, null));
            assertRefused("limit", () -> Asyncio.asCompleted(all, null));
            assertRefused("limit", () -> Asyncio.awaitDone(all, ReturnWhen.ALL_COMPLETED, null));
            assertRefused("when", () -> Asyncio.awaitDone(all, null));
        });
    }

    private static void assertRefused(String message, ThrowingRunnable attempt) {
        assertThatNullPointerException().isThrownBy(attempt::run).withMessage(message);
    }

    @Test
    void outside_of_a_loop_there_is_nothing_to_wait_in() {
        List<ThrowingRunnable> wrong = List.of(
                () -> Asyncio.awaitDone(all),
                () -> Asyncio.asCompleted(all),
                () -> Asyncio.waitFor(first, HOUR),
                () -> Asyncio.gather(all),
                () -> Asyncio.gatherOutcomes(all),
                () -> Asyncio.shield(first),
                () -> Asyncio.createTask(() -> events.add("never")));
        for (ThrowingRunnable attempt : wrong) {
            assertThatIllegalStateException().isThrownBy(attempt::run).withMessage("no running event loop");
        }
    }
}
