package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.asyncloop.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** asyncio's rules for turns, callbacks, timers and stop, by their numbers in the reference. */
@Timeout(30)
class IterationTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    private Runnable event(String name) {
        return () -> events.add(name);
    }

    /** One turn: what is ready at its start. */
    private void turn() {
        loop.stop();
        loop.runForever();
    }

    @Test
    void B01_stop_before_a_run_gives_it_one_turn() {
        loop.callSoon(() -> {
            events.add("ready");
            loop.callSoon(event("next turn"));
        });
        loop.callLater(Duration.ofHours(1), event("in an hour")); // which it must not wait for
        loop.stop();
        loop.runForever();
        assertThat(events).containsExactly("ready");
    }

    @Test
    void B02_a_stop_among_callbacks_lets_the_turn_end() {
        loop.callSoon(event("before"));
        loop.callSoon(loop::stop);
        loop.callSoon(event("after"));
        loop.runForever();
        assertThat(events).containsExactly("before", "after");
    }

    @Test
    void B03_a_callback_of_a_callback_runs_in_the_next_turn() {
        loop.callSoon(() -> {
            loop.callSoon(event("by the first"));
            events.add("first");
        });
        loop.callSoon(event("second"));
        turn();
        assertThat(events).containsExactly("first", "second");
        turn();
        assertThat(events).containsExactly("first", "second", "by the first");
    }

    @Test
    void B03_it_stays_queued_for_the_next_run_if_the_loop_stops() {
        loop.callSoon(() -> {
            loop.stop();
            loop.callSoon(event("next run"));
        });
        loop.runForever();
        assertThat(events).isEmpty();
        turn();
        assertThat(events).containsExactly("next run");
    }

    @Test
    void B05_all_doors_share_one_queue() {
        loop.callSoon(() -> {
            loop.callSoon(event("1"));
            loop.callSoonThreadsafe(event("2"));
            loop.createTask(() -> {
                events.add("3");
            });
            loop.callSoon(event("4"));
        });
        turn();
        turn();
        assertThat(events).containsExactly("1", "2", "3", "4");
    }

    @Test
    void B05_they_do_while_the_loop_does_not_run() {
        loop.callSoonThreadsafe(event("1"));
        loop.callLater(Duration.ZERO, event("timer, after what is ready"));
        loop.callSoon(event("2"));
        turn();
        assertThat(events).containsExactly("1", "2", "timer, after what is ready");
    }

    @Test
    void B05_other_threads_line_up_in_it_too() {
        loop.callSoon(() -> {
            loop.callSoon(event("1"));
            Thread other = Thread.ofPlatform().start(() -> loop.callSoonThreadsafe(event("2")));
            Eventually.eventually("the other thread ends", () -> !other.isAlive());
            loop.callSoon(event("3"));
        });
        turn();
        turn();
        assertThat(events).containsExactly("1", "2", "3");
    }

    @Test
    void B06_call_soon_returns_a_handle() {
        Handle handle = loop.callSoon(event("called"));
        assertThat(handle.isCancelled()).isFalse();
        turn();
        assertThat(events).containsExactly("called");
    }

    @Test
    void B07_another_thread_wakes_an_idle_loop() {
        Thread waker = Thread.ofPlatform().unstarted(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            loop.callSoonThreadsafe(() -> {
                events.add("woken");
                loop.stop();
            });
        });
        loop.callSoon(waker::start);
        loop.runForever();
        assertThat(events).containsExactly("woken");
    }

    @Test
    void B07_another_thread_that_completes_a_future_wakes_an_idle_loop() {
        LoopFuture<String> future = loop.createFuture();
        loop.callSoon(() -> Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            future.complete("from outside");
        }));
        assertThat(loop.<String>runUntilComplete(future::await)).isEqualTo("from outside");
    }

    @Test
    void B08_a_foreign_thread_is_refused_always() { // asyncio looks only in debug mode
        List<ThrowingCallable> operations = List.of(
                () -> loop.callSoon(event("never")),
                () -> loop.callLater(Duration.ZERO, event("never")),
                () -> loop.callAt(loop.time(), event("never")),
                () -> loop.createTask(() -> events.add("never")),
                loop::stop);
        loop.runUntilComplete(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                try {
                    for (ThrowingCallable operation : operations) {
                        assertThatIllegalStateException()
                                .isThrownBy(operation)
                                .withMessage("Non-thread-safe operation invoked on an event loop other than the current"
                                        + " one; from another thread use callSoonThreadsafe");
                    }
                    done.complete(null);
                } catch (Throwable failed) {
                    done.completeExceptionally(failed);
                }
            });
            Asyncio.await(done);
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
        assertThat(events).isEmpty();
    }

    @Test
    @Tag("scheduler")
    void B08_a_virtual_thread_of_the_loop_is_not_foreign() {
        loop.runUntilComplete(() -> {
            Thread.startVirtualThread(() -> loop.callSoon(event("called"))).join();
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(events).containsExactly("called");
    }

    @Test
    void B09_a_cancelled_handle_never_runs() {
        Handle soon = loop.callSoon(event("soon"));
        Handle later = loop.callLater(Duration.ZERO, event("later"));
        loop.callSoon(() -> {
            Handle next = loop.callSoon(event("next"));
            next.cancel();
        });
        soon.cancel();
        later.cancel();
        turn();
        turn();
        assertThat(events).isEmpty();
        assertThat(soon.isCancelled()).isTrue();
        assertThat(later.isCancelled()).isTrue();
    }

    @Test
    void B10_timers_run_by_due_time_and_negative_delays_are_due() {
        Duration now = loop.time();
        loop.callAt(now.plusMillis(2), () -> {
            events.add("in 2 ms");
            loop.stop();
        });
        loop.callAt(now.plusMillis(1), event("in 1 ms"));
        loop.callLater(Duration.ofSeconds(-1), event("a second ago"));
        loop.callLater(Duration.ofSeconds(-2), event("two seconds ago"));
        loop.runForever();
        assertThat(events).containsExactly("two seconds ago", "a second ago", "in 1 ms", "in 2 ms");
    }

    @Test
    void B10_equal_times_run_in_the_order_in_which_they_were_set() {
        Duration when = loop.time();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            loop.callAt(when, event("timer " + i));
            expected.add("timer " + i);
        }
        turn();
        assertThat(events).isEqualTo(expected);
    }

    @Test
    void B10_times_beyond_what_can_be_counted_are_very_late_or_due() {
        Duration most = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        Duration least = Duration.ofSeconds(Long.MIN_VALUE);
        loop.callLater(most, event("never"));
        loop.callAt(most, event("never"));
        loop.callLater(least, event("due later"));
        loop.callAt(least, event("due at"));
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofMillis(1)));
        assertThat(events).containsExactlyInAnyOrder("due later", "due at");
        Task<?> sleeper = loop.createTask(() -> Asyncio.sleep(most));
        loop.runUntilComplete(() -> Asyncio.sleep(least));
        assertThat(sleeper).isNotDone();
        assertThat(sleeper.toString()).contains("suspended in sleep");
    }

    @Test
    void B10_null_is_refused() {
        assertThatNullPointerException().isThrownBy(() -> loop.callLater(null, event("never")));
        assertThatNullPointerException().isThrownBy(() -> loop.callAt(null, event("never")));
        assertThatNullPointerException().isThrownBy(() -> loop.callSoon(null)).withMessage("callback");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.callLater(Duration.ZERO, null))
                .withMessage("callback");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.createTask((ThrowingRunnable) null))
                .withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.createTask(null, () -> {}))
                .withMessage("name");
    }

    @Test
    void B11_a_timer_never_fires_early() {
        Duration when = loop.time().plusMillis(20);
        List<Duration> fired = new ArrayList<>();
        loop.callAt(when, () -> {
            fired.add(loop.time());
            loop.stop();
        });
        loop.runForever();
        assertThat(fired).singleElement().matches(at -> at.compareTo(when) >= 0);
    }

    @Test
    void B12_a_cancelled_timer_is_not_waited_for() {
        loop.callLater(Duration.ofNanos(1), event("never")).cancel();
        loop.callLater(Duration.ofMillis(5), loop::stop);
        loop.runForever();
        long turnsWithoutWaiting = loop.core().driver().steps();
        assertThat(events).isEmpty();
        assertThat(turnsWithoutWaiting).isEqualTo(1);
    }

    @Test
    void B14_short_sleeps_do_not_spin() {
        long before = loop.core().driver().steps();
        loop.runUntilComplete(() -> {
            for (int i = 0; i < 5; i++) {
                Asyncio.sleep(Duration.ofNanos(1));
            }
        });
        assertThat(loop.core().driver().steps() - before).isLessThanOrEqualTo(20);
    }

    @Test
    void B15_the_loop_is_running_inside_and_not_after() {
        loop.callSoon(() -> {
            assertThat(EventLoop.running()).isSameAs(loop);
            events.add("in a callback");
        });
        loop.runUntilComplete(() -> {
            assertThat(EventLoop.running()).isSameAs(loop);
            assertThat(loop.isRunning()).isTrue();
            events.add("in a task");
        });
        assertThat(events).containsExactly("in a callback", "in a task");
        assertThat(loop.isRunning()).isFalse();
        assertThatIllegalStateException().isThrownBy(EventLoop::running).withMessage("no running event loop");
    }

    @Test
    @Tag("scheduler")
    void B15_it_is_in_a_virtual_thread_that_a_task_started() {
        loop.runUntilComplete(() -> {
            Thread.startVirtualThread(() -> {
                        assertThat(EventLoop.running()).isSameAs(loop);
                        events.add("there");
                    })
                    .join();
        });
        assertThat(events).containsExactly("there");
    }

    @Test
    void B15_a_virtual_thread_of_nobody_has_no_running_loop() throws Exception {
        CompletableFuture<String> refusal = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                EventLoop.running();
            } catch (IllegalStateException refused) {
                refusal.complete(refused.getMessage());
            }
        });
        assertThat(refusal.get()).isEqualTo("no running event loop");
    }

    @Test
    void B20_an_error_of_a_callback_leaves_the_run_and_the_rest_stays_queued() {
        AssertionError error = new AssertionError("in a callback");
        loop.callSoon(() -> {
            throw error;
        });
        loop.callSoon(event("next run"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(loop::runForever)
                .isSameAs(error);
        assertThat(events).isEmpty();
        assertThat(loop.isRunning()).isFalse();
        turn();
        assertThat(events).containsExactly("next run");
    }

    @Test
    void B26_done_callbacks_are_scheduled_in_the_order_of_registration() {
        LoopFuture<String> future = loop.createFuture();
        future.addDoneCallback(done -> events.add("1 " + done.join()));
        future.addDoneCallback(done -> events.add("2"));
        loop.runUntilComplete(() -> {
            future.complete("result");
            assertThat(events).isEmpty();
            Asyncio.sleep(Duration.ZERO);
            assertThat(events).containsExactly("1 result", "2");
            future.addDoneCallback(done -> events.add("late"));
            assertThat(events).hasSize(2);
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(events).containsExactly("1 result", "2", "late");
    }

    @Test
    void B26_tasks_that_await_a_future_wake_in_the_order_in_which_they_came() {
        LoopFuture<String> future = loop.createFuture();
        loop.runUntilComplete(() -> {
            Task<?> first = loop.createTask(() -> events.add("1 " + future.await()));
            Task<?> second = loop.createTask(() -> events.add("2 " + future.await()));
            Asyncio.sleep(Duration.ZERO);
            future.addDoneCallback(done -> events.add("3"));
            Task<?> fourth = loop.createTask(() -> events.add("4 " + future.await()));
            Asyncio.sleep(Duration.ZERO);
            future.complete("x");
            Asyncio.gather(first, second, fourth).await();
        });
        assertThat(events).containsExactly("1 x", "2 x", "3", "4 x");
    }

    @Test
    void B26_remove_returns_the_count() {
        LoopFuture<String> future = loop.createFuture();
        Consumer<Object> removed = done -> events.add("removed");
        future.addDoneCallback(removed);
        future.addDoneCallback(done -> events.add("kept"));
        future.addDoneCallback(removed);
        assertThat(future.removeDoneCallback(removed)).isEqualTo(2);
        assertThat(future.removeDoneCallback(removed)).isZero();
        future.complete("x");
        turn();
        assertThat(events).containsExactly("kept");
    }

    @Test
    void B27_a_future_is_completed_once() { // CompletableFuture returns false where asyncio throws
        LoopFuture<String> future = loop.createFuture();
        assertThat(future.complete("first")).isTrue();
        assertThat(future.complete("second")).isFalse();
        assertThat(future.completeExceptionally(new IllegalStateException())).isFalse();
        assertThat(future.cancel("too late")).isFalse();
        assertThat(future.join()).isEqualTo("first");
    }

    @Test
    void B28_sleep_zero_takes_exactly_one_turn() {
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> {
                events.add("same turn");
                loop.callSoon(event("next turn"));
            });
            Asyncio.sleep(Duration.ZERO);
            assertThat(events).containsExactly("same turn");
            Asyncio.sleep(Duration.ZERO);
            assertThat(events).containsExactly("same turn", "next turn");
        });
    }

    @Test
    void B28_a_negative_sleep_is_one_of_zero() {
        loop.callSoon(() -> loop.callSoon(event("second turn")));
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ofDays(-1));
            events.add("awake");
        });
        assertThat(events).startsWith("second turn", "awake");
    }
}
