package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.Latches;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that takes longer than the loop's limit ends with a picture, whatever it is doing. */
@Timeout(30)
class RunLimitTests {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private static final String SENTENCE = "The event loop was not done within its timeout of 300 ms, which"
            + " LoopOptions.timeout sets, and under JUnit the configuration parameter asyncloop.timeout";

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop =
            EventLoop.create(LoopOptions.defaults().owner(Owner.named("test")).timeout(LIMIT), watchdog.watchdog());

    private final List<String> events = new ArrayList<>();

    @AfterEach
    void nothing_is_left_for_the_thread_or_the_next_run() {
        assertThat(Thread.interrupted()).as("left interrupted").isFalse();
        assertThat(loop.<String>runUntilComplete(() -> "next")).isEqualTo("next");
    }

    private void limitPassesWhenIdle() {
        whenIdle(() -> watchdog.passes(LIMIT));
    }

    /** Does it on another thread once the loop waits. */
    private void whenIdle(Runnable action) {
        Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            action.run();
        });
    }

    /** Does it on another thread once {@code latch} is open. */
    private static void after(CountDownLatch latch, Runnable action) {
        Thread.ofPlatform().start(() -> {
            Latches.waitFor(latch);
            action.run();
        });
    }

    private StuckLoopException stuck(ThrowingRunnable body) {
        Throwable thrown = catchThrowable(() -> loop.runUntilComplete(loop.createTask("body", body)));
        assertThat(thrown).isInstanceOf(StuckLoopException.class);
        return (StuckLoopException) thrown;
    }

    @Test
    void the_body_is_cancelled_and_the_error_shows_every_task() {
        LoopFuture<String> never = loop.createFuture();
        Task<?> other = loop.createTask("other", () -> Asyncio.sleep(Duration.ofHours(1)));
        limitPassesWhenIdle();
        int line = Lines.here() + 1;
        StuckLoopException stuck = stuck(() -> {
            try {
                never.await();
            } finally {
                events.add("finally");
            }
        });
        assertThat(stuck.getMessage()).matches("""
            %s
              1\\. task "other" \\(suspended in sleep, 60 min left\\)
                   created  .*RunLimitTests.*
                   waiting  .*RunLimitTests.*
              2\\. task "body" \\(suspended in await of a future\\)
                   created  .*
                   waiting  .*RunLimitTests.*:%d\\)
              1 timer, next in 60 min\
            """.formatted(SENTENCE.replace(".", "\\."), line + 2));
        assertThat(stuck.getStackTrace()[0].getLineNumber()).isEqualTo(line + 2);
        assertThat(stuck).hasNoSuppressedExceptions().hasNoCause();
        assertThat(events).containsExactly("finally");
        assertThat(other).isNotDone();
    }

    @Test
    void what_the_body_fails_with_then_is_suppressed() {
        limitPassesWhenIdle();
        assertThat(stuck(() -> {
                    try {
                        loop.createFuture().await();
                    } catch (CancelledException cancelled) {
                        throw new IOException("while cleaning up", cancelled);
                    }
                }))
                .hasMessageStartingWith(SENTENCE)
                .hasSuppressedException(new IOException("while cleaning up"));
    }

    @Test
    void so_is_an_error_of_a_callback() {
        limitPassesWhenIdle();
        assertThat(stuck(() -> {
                    try {
                        loop.createFuture().await();
                    } catch (CancelledException cancelled) {
                        loop.callSoon(() -> {
                            throw new AssertionError("callback");
                        });
                        Asyncio.sleep(Duration.ofHours(1));
                    }
                }))
                .hasSuppressedException(new AssertionError("callback"));
    }

    @Test
    void a_body_that_ends_well_after_all_was_too_late() {
        limitPassesWhenIdle();
        assertThat(stuck(() -> {
                    try {
                        loop.createFuture().await();
                    } catch (CancelledException cancelled) {
                        events.add(cancelled.getMessage());
                    }
                }))
                .hasMessageStartingWith(SENTENCE)
                .hasNoSuppressedExceptions();
        assertThat(events).containsExactly("the event loop is stuck");
    }

    @Test
    void a_future_that_is_run_is_cancelled_on_the_loops_thread() {
        LoopFuture<String> future = loop.createFuture();
        Thread[] canceller = new Thread[1];
        limitPassesWhenIdle();
        future.whenComplete((result, thrown) -> canceller[0] = Thread.currentThread());
        assertThat(catchThrowable(() -> loop.runUntilComplete(future)))
                .isInstanceOf(StuckLoopException.class)
                .hasMessage(SENTENCE + "\n  no task is pending");
        assertThat(future.isCancelled()).isTrue();
        assertThat(canceller[0]).isSameAs(Thread.currentThread());
    }

    @Test
    void a_body_that_computes_is_interrupted_where_it_is_at_once() {
        CountDownLatch computes = new CountDownLatch(1);
        after(computes, () -> watchdog.passes(LIMIT));
        try (LogCapture log = LogCapture.start()) {
            assertThat(stuck(() -> {
                        computes.countDown();
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                        events.add("interrupted");
                    }))
                    .hasMessageContaining("1. task \"body\" (running");
            assertThat(log.messages())
                    .as("logged when the thread is not free after the grace")
                    .isEmpty();
        }
        assertThat(events).containsExactly("interrupted");
    }

    @Test
    void a_body_that_ignores_its_cancellation_is_given_up_a_second_later() {
        LoopFuture<String> end = loop.createFuture();
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch ignores = new CountDownLatch(1);
        Task<?> body = loop.createTask("body", () -> {
            while (!end.isDone()) {
                try {
                    waits.countDown();
                    end.copy().get();
                } catch (InterruptedException ignored) {
                    ignores.countDown();
                }
            }
        });
        after(waits, () -> {
            watchdog.passes(LIMIT);
            Latches.waitFor(ignores);
            Eventually.eventually("the body waits again", () -> isWaiting(body));
            watchdog.passes(Driver.GRACE.minusMillis(1));
            events.add("still running: " + loop.isRunning());
            watchdog.passes(Duration.ofMillis(1));
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(body)))
                .isInstanceOf(StuckLoopException.class)
                .hasMessageStartingWith(SENTENCE + "; the body was cancelled, did not end within 1 s and was given up\n"
                        + "  1. task \"body\" (");
        assertThat(events).containsExactly("still running: true");
        assertThat(body).isNotDone();
        end.complete("x");
    }

    /** In the portable engine what waits in the JDK holds the loop. */
    private boolean isWaiting(Task<?> task) {
        return loop.core().suspendsAnyWait()
                ? loop.core().driver().isIdle()
                : task.coroutine().thread().getState() == Thread.State.WAITING;
    }

    @Test
    void a_callback_that_holds_the_loops_thread_is_logged_and_interrupted() {
        CountDownLatch holds = new CountDownLatch(1);
        after(holds, () -> watchdog.passes(LIMIT.plus(Driver.GRACE)));
        loop.callSoon(() -> {
            try {
                holds.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                events.add("interrupted");
            }
        });
        try (LogCapture log = LogCapture.start()) {
            assertThat(stuck(() -> Asyncio.sleep(Duration.ofHours(1)))).hasMessageStartingWith(SENTENCE);
            assertThat(events).containsExactly("interrupted");
            assertThat(log.messages())
                    .filteredOn(message -> message.startsWith(SENTENCE))
                    .singleElement()
                    .asString()
                    .endsWith("\nIts thread is held by the step that runs, which is interrupted now");
            LogRecord first = log.next();
            assertThat(first.getLevel()).isEqualTo(Level.WARNING);
        }
    }

    @Test
    @Tag("scheduler")
    void so_is_another_task_that_holds_it() {
        CountDownLatch holds = new CountDownLatch(1);
        after(holds, () -> watchdog.passes(LIMIT.plus(Driver.GRACE)));
        try (LogCapture log = LogCapture.start()) {
            assertThat(stuck(() -> {
                        loop.createTask("holds", () -> {
                            holds.countDown();
                            while (!Thread.currentThread().isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            events.add("interrupted");
                        });
                        Asyncio.sleep(Duration.ofHours(1));
                    }))
                    .hasMessageStartingWith(SENTENCE);
            assertThat(log.messages()).anyMatch(message -> message.startsWith(SENTENCE));
        }
        assertThat(events).containsExactly("interrupted");
    }

    @Test
    @Tag("scheduler")
    void a_blocking_call_of_the_jdk_is_interrupted() {
        limitPassesWhenIdle();
        assertThat(stuck(() -> Thread.sleep(Duration.ofHours(1))))
                .hasMessageContaining("(suspended in Thread.sleep)")
                .hasNoSuppressedExceptions();
    }

    @Test
    void each_run_has_the_limit_for_itself() {
        for (int run = 0; run < 30; run++) {
            loop.runUntilComplete(() -> Asyncio.toThread(() -> watchdog.passes(LIMIT.minusMillis(1))));
        }
    }

    @Test
    void a_phase_of_a_main_task_is_a_run() {
        MainTask main = MainTasks.of(loop, "the test", Owner.named("test"));
        limitPassesWhenIdle();
        assertThat(catchThrowable(() -> main.run(() -> loop.createFuture().await())))
                .isInstanceOf(StuckLoopException.class)
                .hasMessageStartingWith(SENTENCE + "\n  1. task \"the test\" (suspended in await of a future)");
        assertThat(main.<String>run(() -> "next")).isEqualTo("next");
        main.finish();
    }

    @Test
    void a_loop_that_runs_for_ever_has_no_limit() {
        whenIdle(() -> {
            watchdog.passes(LIMIT.multipliedBy(3));
            loop.callSoonThreadsafe(loop::stop);
        });
        loop.runForever();
    }

    @Test
    void an_interruption_in_the_grace_period_ends_it_at_once_and_is_not_lost() {
        Thread driver = Thread.currentThread();
        CountDownLatch cancelled = new CountDownLatch(1);
        limitPassesWhenIdle();
        Thread.ofPlatform().start(() -> {
            Latches.waitFor(cancelled);
            driver.interrupt();
        });
        assertThat(stuck(() -> {
                    try {
                        loop.createFuture().await();
                    } catch (CancelledException ignored) {
                        cancelled.countDown();
                        while (true) {
                            try {
                                loop.createFuture().await();
                            } catch (CancelledException again) {
                                events.add("again");
                            }
                        }
                    }
                }))
                .hasMessageStartingWith(SENTENCE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_limit_must_be_positive() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatThrownBy(() -> LoopOptions.defaults().timeout(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the timeout of a loop must be positive, and is " + wrong);
        }
        assertThatThrownBy(() -> LoopOptions.defaults().timeout(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void one_beyond_all_time_is_none() {
        LoopOptions endless = LoopOptions.defaults().timeout(Duration.ofSeconds(Long.MAX_VALUE));
        try (EventLoop patient = EventLoop.create(endless, watchdog.watchdog())) {
            patient.runUntilComplete(() -> Asyncio.toThread(() -> watchdog.passes(LIMIT.multipliedBy(2))));
        }
    }
}
