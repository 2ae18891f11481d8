package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The virtual clock of a loop on which nothing else goes on. */
@Timeout(30)
class VirtualClockTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = LoopClock.virtual();

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().clock(clock));

    private final List<String> events = new ArrayList<>();

    /** Notes that it was called, and when. */
    private Runnable event(String name) {
        return () -> events.add(name + " at " + clock.now().toSeconds());
    }

    @Test
    void it_starts_at_zero_and_stands_still_while_anything_is_ready() {
        assertThat(clock.now()).isZero();
        loop.callLater(Duration.ofNanos(1), event("timer"));
        loop.runUntilComplete(() -> {
            for (int turn = 0; turn < 100; turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
        });
        assertThat(events).isEmpty();
        assertThat(clock.now()).isZero();
    }

    @Test
    void thirty_five_hours_of_sleep_take_no_time() {
        long start = System.nanoTime();
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofHours(35)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(clock.now()).isEqualTo(Duration.ofHours(35)).isEqualTo(loop.time());
    }

    @Test
    void it_jumps_from_deadline_to_deadline_and_past_none() {
        loop.createTask(() -> {
            Asyncio.sleep(Duration.ofSeconds(3));
            event("slow").run();
        });
        loop.createTask(() -> {
            Asyncio.sleep(Duration.ofSeconds(1));
            event("fast").run();
            Asyncio.sleep(Duration.ofSeconds(1));
            event("fast").run();
        });
        loop.callAt(Duration.ofSeconds(2), event("timer"));
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofSeconds(4)));
        assertThat(events).containsExactly("fast at 1", "timer at 2", "fast at 2", "slow at 3");
    }

    @Test
    void equal_deadlines_are_due_in_the_order_in_which_they_were_set() {
        for (int number = 0; number < 10; number++) {
            loop.callAt(SECOND, event("timer " + number));
        }
        loop.runUntilComplete(() -> Asyncio.sleep(SECOND));
        assertThat(events)
                .containsExactly(
                        "timer 0 at 1",
                        "timer 1 at 1",
                        "timer 2 at 1",
                        "timer 3 at 1",
                        "timer 4 at 1",
                        "timer 5 at 1",
                        "timer 6 at 1",
                        "timer 7 at 1",
                        "timer 8 at 1",
                        "timer 9 at 1");
    }

    @Test
    void a_cancelled_timer_is_not_jumped_to() {
        loop.callLater(Duration.ofHours(1), event("cancelled")).cancel();
        loop.runUntilComplete(() -> {
            TimerHandle timer = loop.callLater(Duration.ofSeconds(5), event("cancelled, too"));
            loop.callSoon(timer::cancel);
            Asyncio.sleep(Duration.ofHours(2));
            assertThat(clock.now()).isEqualTo(Duration.ofHours(2));
        });
        assertThat(events).isEmpty();
    }

    @Test
    void it_does_not_jump_once_the_run_is_over() {
        loop.createTask(() -> Asyncio.sleep(Duration.ofHours(1)));
        loop.runUntilComplete(() -> Asyncio.sleep(SECOND));
        loop.runUntilComplete(() -> {});
        assertThat(clock.now()).isEqualTo(SECOND);
        assertThat(loop.allTasks()).hasSize(1);
    }

    @Test
    void negative_times_are_due_at_once() {
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ofSeconds(-5));
            loop.callLater(Duration.ofSeconds(-2), event("in no time"));
            loop.callAt(Duration.ofSeconds(-7), event("long ago"));
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(events).containsExactly("long ago at 0", "in no time at 0");
    }

    @Test
    void time_ends_after_146_years() {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        loop.runUntilComplete(() -> {
            Asyncio.sleep(SECOND);
            Asyncio.sleep(ever);
            Duration end = clock.now();
            assertThat(end).isBetween(Duration.ofDays(146 * 365), Duration.ofDays(147 * 365));
            Asyncio.sleep(ever);
            Asyncio.sleep(SECOND);
            clock.advance(ever);
            loop.callAt(ever, event("end"));
            loop.callAt(ever.negated(), event("beginning"));
            Asyncio.sleep(SECOND);
            assertThat(clock.now()).isEqualTo(end);
        });
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).startsWith("beginning");
    }

    @Test
    void B14_the_smallest_times_are_exact() {
        loop.runUntilComplete(() -> {
            for (int nap = 0; nap < 5; nap++) {
                Asyncio.sleep(Duration.ofNanos(1));
            }
        });
        assertThat(clock.now()).isEqualTo(Duration.ofNanos(5));
    }

    @Test
    void run_forever_jumps_too() {
        loop.callLater(Duration.ofHours(1), loop::stop);
        loop.runForever();
        assertThat(clock.now()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void without_a_deadline_the_loop_waits_to_be_woken() {
        LoopFuture<String> future = loop.createFuture();
        loop.callSoon(() -> Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            future.complete("from outside");
        }));
        assertThat(loop.runUntilComplete(future)).isEqualTo("from outside");
        assertThat(clock.now()).isZero();
    }

    @Test
    void advance_runs_what_falls_due_on_the_way_at_its_own_time() {
        loop.createTask(() -> {
            Asyncio.sleep(Duration.ofSeconds(2));
            event("task").run();
            Asyncio.sleep(Duration.ofSeconds(3)); // until the end itself
            event("task").run();
            Asyncio.sleep(Duration.ofNanos(1));
            event("too late").run();
        });
        loop.callAt(SECOND, () -> {
            event("timer").run();
            loop.callLater(Duration.ofSeconds(3), event("timer of the timer"));
        });
        loop.runUntilComplete(() -> {
            clock.advance(Duration.ofSeconds(5));
            assertThat(clock.now()).isEqualTo(Duration.ofSeconds(5));
            event("advanced").run();
        });
        assertThat(events)
                .containsExactly("timer at 1", "task at 2", "timer of the timer at 4", "task at 5", "advanced at 5");
    }

    @Test
    void advance_goes_part_of_the_way_to_a_deadline() {
        loop.callAt(Duration.ofSeconds(10), event("timer"));
        clock.advance(Duration.ofSeconds(4));
        assertThat(clock.now()).isEqualTo(Duration.ofSeconds(4));
        clock.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(events).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(events).containsExactly("timer at 10");
    }

    @Test
    void advance_by_nothing_ends_what_is_ready() {
        loop.createTask(() -> {
            for (int turn = 0; turn < 50; turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
            event("ready").run();
            Asyncio.sleep(Duration.ofNanos(1));
            event("not yet").run();
        });
        clock.advance(Duration.ZERO);
        assertThat(events).containsExactly("ready at 0");
        assertThat(clock.now()).isZero();
    }

    @Test
    void advance_in_a_callback_returns_and_time_passes_when_nothing_is_ready() {
        loop.callAt(Duration.ofSeconds(2), event("timer"));
        loop.callAt(Duration.ofSeconds(3), event("also"));
        loop.callAt(Duration.ofSeconds(9), loop::stop);
        loop.callSoon(() -> {
            clock.advance(Duration.ofSeconds(3));
            event("returned").run();
            loop.callSoon(event("ready"));
        });
        loop.runForever();
        assertThat(events).containsExactly("returned at 0", "ready at 0", "timer at 2", "also at 3");
    }

    @Test
    void advances_of_two_tasks_overlap() {
        loop.runUntilComplete(() -> {
            Task<?> far = loop.createTask(() -> {
                clock.advance(Duration.ofSeconds(5));
                event("far").run();
            });
            Asyncio.sleep(Duration.ZERO);
            clock.advance(Duration.ofSeconds(3));
            event("near").run();
            far.await();
        });
        assertThat(events).containsExactly("near at 3", "far at 5");
    }

    @Test
    void a_cancelled_advance_stays_where_it_is() {
        loop.runUntilComplete(() -> {
            Task<?> advancing = loop.createTask(() -> clock.advance(Duration.ofSeconds(10)));
            loop.callAt(Duration.ofSeconds(2), () -> advancing.cancel("enough"));
            assertThat(catchThrowable(advancing::await)).isInstanceOf(CancelledException.class);
            Asyncio.sleep(Duration.ofNanos(1));
        });
        assertThat(clock.now()).isEqualTo(Duration.ofSeconds(2).plusNanos(1));
    }

    @Test
    void an_advance_whose_run_is_stopped_is_over() {
        loop.callAt(Duration.ofSeconds(2), loop::stop);
        assertThatIllegalStateException()
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(10)))
                .withMessage("Event loop stopped before Future completed.");
        LoopFuture<?> future = loop.createFuture();
        loop.callSoon(() -> Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            future.complete(null);
        }));
        loop.runUntilComplete(future);
        assertThat(clock.now()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void an_advance_says_what_it_is() {
        loop.createTask("winder", () -> clock.advance(Duration.ofSeconds(5)));
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            assertThat(loop.snapshot().tasks().get(0).state()).hasToString("suspended in advance of the clock to PT5S");
        });
    }

    @Test
    void a_clock_cannot_go_back() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .withMessage("A clock cannot go back: advance by PT-1S");
        assertThatNullPointerException().isThrownBy(() -> clock.advance(null)).withMessage("duration");
    }

    @Test
    void a_clock_without_a_loop_cannot_be_advanced() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LoopClock.virtual().advance(SECOND))
                .withMessage("The clock has no loop yet: give it to one with LoopOptions.clock");
    }

    @Test
    void a_clock_is_for_one_loop() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EventLoop.create(LoopOptions.defaults().clock(clock)))
                .withMessage("A virtual clock is for one loop: make a new one for each");
        assertThatNullPointerException().isThrownBy(() -> LoopOptions.defaults().clock(null));
    }

    @Test
    void the_clock_of_a_closed_loop_cannot_be_advanced() {
        loop.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> clock.advance(SECOND))
                .withMessage("Event loop is closed");
    }

    @Test
    void another_thread_cannot_advance_it() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        LoopFuture<?> tried = loop.createFuture();
        loop.callSoon(() -> Thread.ofPlatform().start(() -> {
            thrown.set(catchThrowable(() -> clock.advance(SECOND)));
            tried.complete(null);
        }));
        loop.runUntilComplete(tried);
        assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Non-thread-safe operation invoked on an event loop");
    }

    @Test
    void a_task_of_another_loop_cannot_advance_it() {
        try (EventLoop other = EventLoop.create()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> other.runUntilComplete(() -> clock.advance(SECOND)))
                    .withMessage("Cannot run the event loop while another loop is running");
        }
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ofNanos(1)));
        assertThat(clock.now()).isEqualTo(Duration.ofNanos(1));
    }

    /** Which would never pass on the loop's own clock. */
    @Test
    void to_wait_for_the_end_of_a_run_takes_real_time() {
        CountDownLatch looked = new CountDownLatch(1);
        AtomicReference<Boolean> stopped = new AtomicReference<>();
        LoopFuture<?> never = loop.createFuture();
        Thread other = Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            stopped.set(loop.core().awaitStopped(Duration.ofMillis(5)));
            looked.countDown();
            never.complete(null);
        });
        loop.runUntilComplete(never);
        assertThat(looked.getCount()).isZero();
        Eventually.eventually("the other thread ends", () -> !other.isAlive());
        assertThat(stopped.get()).isFalse();
    }

    @Test
    void an_interrupted_body_that_goes_on_is_given_up_after_a_real_second() {
        Thread driver = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            driver.interrupt();
        });
        AtomicReference<Long> cancelled = new AtomicReference<>();
        Throwable thrown = catchThrowable(() -> loop.runUntilComplete(() -> {
            try {
                loop.createFuture().await();
            } catch (CancelledException ignored) {
                cancelled.set(System.nanoTime());
                Asyncio.sleep(Duration.ofMinutes(10)); // a clean-up on the loop's clock, for which there is time
                events.add("cleaned up");
                loop.createFuture().await();
            }
        }));
        assertThat(thrown)
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("the body did not end within 1 s of its interruption and was given up");
        assertThat(Duration.ofNanos(System.nanoTime() - cancelled.get())).isGreaterThan(Duration.ofMillis(900));
        assertThat(events).containsExactly("cleaned up");
        assertThat(clock.now()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_runner_leaves_its_tasks_real_time_to_end() {
        try (Runner runner = new Runner(
                EventLoop::create, LoopOptions.defaults().clock(LoopClock.virtual()), Duration.ofSeconds(10))) {
            runner.run(() -> {
                EventLoop.running().createTask(() -> {
                    try {
                        EventLoop.running().createFuture().await();
                    } finally {
                        Asyncio.sleep(Duration.ofHours(1)); // longer than its grace period, but on the loop's clock
                        events.add("cleaned up");
                    }
                });
                Asyncio.sleep(Duration.ZERO);
            });
        }
        assertThat(events).containsExactly("cleaned up");
    }

    /** As the view of the loop as an executor does; such a wait has no deadline to which time could jump. */
    @Test
    void a_command_that_is_waited_for_without_a_limit_sets_no_timer() {
        LoopFuture<String> future = loop.createFuture();
        loop.runUntilComplete(() -> {
            Thread.ofPlatform().start(() -> {
                Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
                future.complete("done");
            });
            assertThat(loop.asExecutor().submit(future::await).get()).isEqualTo("done");
        });
        assertThat(clock.now()).isZero();
    }

    @Test
    void the_picture_shows_the_time() {
        clock.advance(Duration.ofSeconds(90));
        assertThat(clock).hasToString("virtual clock at PT1M30S");
        assertThat(loop.snapshot()).hasToString("  no task is pending\n  virtual time is PT1M30S");
        try (EventLoop usual = EventLoop.create()) {
            assertThat(usual.clock()).isSameAs(LoopClock.system()).hasToString("system clock");
            assertThat(usual.snapshot()).hasToString("  no task is pending");
        }
    }

    /** Thousands of tasks that sleep at random all wake exactly when they should. */
    @Test
    void a_stress_of_sleeps_timers_and_cancellations_is_exact() {
        Random random = new Random(42);
        int tasks = 2_000;
        int naps = 20;
        List<Task<?>> all = new ArrayList<>();
        AtomicReference<Duration> last = new AtomicReference<>(Duration.ZERO);
        for (int number = 0; number < tasks; number++) {
            long seed = random.nextLong();
            all.add(loop.createTask(() -> {
                Random own = new Random(seed);
                for (int nap = 0; nap < naps; nap++) {
                    Duration length = Duration.ofMillis(1 + own.nextInt(1_000_000));
                    Duration due = clock.now().plus(length);
                    TimerHandle never = loop.callLater(length, event("cancelled"));
                    loop.callLater(length.minusMillis(1), never::cancel);
                    Asyncio.sleep(length);
                    assertThat(clock.now()).isEqualTo(due).isGreaterThanOrEqualTo(last.get());
                    last.set(due);
                }
            }));
        }
        loop.runUntilComplete(() -> all.forEach(Task::await));
        assertThat(events).isEmpty();
    }
}
