package dev.asyncloop.loop;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The view of a loop as an executor, used by a task of that loop: whatever waits must let the loop run. */
@Timeout(60)
class LoopExecutorInTaskTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final ScheduledExecutorService executor = loop.asExecutor();
    private final List<String> events = new ArrayList<>();

    @Test
    void a_command_begins_in_the_next_turn() {
        loop.runUntilComplete(() -> {
            executor.execute(() -> events.add("command"));
            events.add("body");
            Asyncio.sleep(Duration.ZERO);
            assertThat(events).containsExactly("body", "command");
        });
    }

    @Test
    void what_is_given_while_the_loop_does_not_run_runs_when_it_does() throws Exception {
        Future<String> future = executor.submit(() -> "ran");
        assertThat(future.isDone()).isFalse();
        assertThat(loop.runUntilComplete(() -> future.get())).isEqualTo("ran");
    }

    @Test
    void get_suspends_the_task() {
        loop.runUntilComplete(() -> {
            Future<String> future = executor.schedule(() -> "result", 1, MILLISECONDS);
            assertThat(future.get()).isEqualTo("result");
            assertThat(executor.submit(() -> "another").get(20, SECONDS)).isEqualTo("another");
            Future<?> late = executor.schedule(() -> {}, 1, HOURS);
            assertThat(catchThrowable(() -> late.get(1, MILLISECONDS))).isInstanceOf(TimeoutException.class);
            assertThat(late.isDone()).isFalse();
        });
    }

    @Test
    void a_task_that_is_cancelled_in_get_is_interrupted_and_the_command_is_not() {
        loop.runUntilComplete(() -> {
            Future<?> late = executor.schedule(() -> {}, 1, HOURS);
            Task<?> task = loop.createTask(() -> {
                try {
                    late.get();
                } catch (InterruptedException interrupted) {
                    events.add(String.valueOf(interrupted.getMessage()));
                    throw interrupted;
                }
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel("enough");
            assertThat(catchThrowable(task::await)).isInstanceOf(CancelledException.class);
            assertThat(late.isDone()).isFalse();
        });
        assertThat(events).containsExactly("enough");
    }

    @Test
    void invoke_all_and_any_suspend_the_task() {
        loop.runUntilComplete(() -> {
            assertThat(executor.invokeAll(List.of(() -> 1, () -> 2)))
                    .extracting(Future::resultNow)
                    .containsExactly(1, 2);
            assertThat(executor.<String>invokeAny(List.of(() -> "any"))).isEqualTo("any");
            assertThat(catchThrowable(() ->
                            executor.invokeAny(List.of(() -> loop.createFuture().await()), 1, MILLISECONDS)))
                    .isInstanceOf(TimeoutException.class);
        });
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void await_termination_suspends_the_task() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> gate = loop.createFuture();
            executor.submit(() -> events.add(gate.await()));
            executor.shutdown();
            assertThat(executor.awaitTermination(0, SECONDS)).isFalse();
            loop.createTask(() -> gate.complete("ran"));
            assertThat(executor.awaitTermination(1, DAYS)).isTrue();
            assertThat(executor.awaitTermination(-1, DAYS)).isTrue();
        });
        assertThat(events).containsExactly("ran");
    }

    @Test
    void closing_it_suspends_the_task() {
        loop.runUntilComplete(() -> {
            try (ScheduledExecutorService closing = loop.asExecutor()) {
                closing.submit(() -> events.add("ran"));
            }
            assertThat(events).containsExactly("ran");
        });
    }

    @Test
    void a_cancelled_delay_starts_no_task() {
        try (EventLoop timed =
                EventLoop.create(LoopOptions.defaults().clock(LoopClock.virtual()))) { // or it may be due already
            timed.runUntilComplete(() -> {
                String before = timed.createTask(() -> {}).name();
                timed.asExecutor().schedule(() -> {}, 1, MILLISECONDS).cancel(false);
                Asyncio.sleep(Duration.ofMillis(5));
                assertThat(List.of(before, timed.createTask(() -> {}).name())).containsExactly("task-2", "task-3");
            });
        }
    }

    @Test
    void a_fixed_rate_that_should_have_begun_long_ago_begins_now() {
        loop.runUntilComplete(() -> {
            executor.scheduleAtFixedRate(() -> events.add("ran"), -1, 1, DAYS);
            Asyncio.sleep(Duration.ofMillis(5));
        });
        assertThat(events).containsExactly("ran");
    }

    @Test
    void a_command_that_was_taken_back_is_whose_who_took_it() {
        loop.runUntilComplete(() -> {
            Future<String> future = executor.submit(() -> {
                Asyncio.sleep(Duration.ofMillis(1)); // meanwhile its task on the loop has nothing to do, and ends
                return "ran by its taker";
            });
            executor.shutdownNow().getFirst().run();
            assertThat(future.get()).isEqualTo("ran by its taker");
        });
    }

    @Test
    void a_command_that_somebody_else_completes_does_not_run() {
        ScheduledFuture<?> future = executor.schedule(() -> events.add("ran"), 1, MILLISECONDS);
        assertThat(((CompletableFuture<?>) future).complete(null)).isTrue();
        executor.shutdown();
        loop.runUntilComplete(() -> {
            assertThat(executor.awaitTermination(1, DAYS)).isTrue();
        });
        assertThat(events).isEmpty();
    }

    @Test
    void a_callback_that_would_wait_is_told_so() {
        Future<String> future = executor.schedule(() -> "late", 1, HOURS);
        loop.callSoon(() -> {
            assertThatIllegalStateException()
                    .isThrownBy(future::get)
                    .withMessageStartingWith("await() was called outside of a task of the loop");
            assertThatIllegalStateException()
                    .isThrownBy(() -> executor.awaitTermination(1, DAYS))
                    .withMessageStartingWith("await() was called outside of a task of the loop");
            events.add("told");
        });
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(events).containsExactly("told");
    }

    @Test
    void equal_delays_keep_their_order() {
        loop.runUntilComplete(() -> {
            List<ScheduledFuture<?>> futures = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                futures.add(executor.schedule(() -> events.add(name), 0, MILLISECONDS));
            }
            futures.getLast().get();
        });
        assertThat(events).containsExactly("a", "b", "c");
    }

    @Test
    void a_fixed_rate_goes_by_when_runs_were_due() {
        long period = MILLISECONDS.toNanos(20);
        LoopFuture<@Nullable Void> enough = loop.createFuture();
        List<ScheduledFuture<?>> future = new ArrayList<>();
        List<long[]> dues = new ArrayList<>(); // each within its two bounds, as the clock does not stand still
        loop.runUntilComplete(() -> {
            future.add(executor.scheduleAtFixedRate(
                    () -> {
                        long before = loop.core().nanos();
                        long delay = future.getFirst().getDelay(NANOSECONDS);
                        dues.add(new long[] {before + delay, loop.core().nanos() + delay});
                        Asyncio.sleep(Duration.ofMillis(15));
                        if (dues.size() == 10) {
                            enough.complete(null);
                        }
                    },
                    20,
                    20,
                    MILLISECONDS));
            enough.await();
        });
        for (int run = 1; run < 10; run++) {
            assertThat(dues.get(run)[0]).isLessThanOrEqualTo(dues.getFirst()[1] + run * period);
            assertThat(dues.get(run)[1]).isGreaterThanOrEqualTo(dues.getFirst()[0] + run * period);
        }
    }

    @Test
    void a_runner_ends_the_commands_like_other_tasks() {
        ScheduledFuture<?>[] future = new ScheduledFuture<?>[1];
        try (Runner runner = Runner.create()) {
            runner.run(() -> {
                future[0] = runner.loop()
                        .asExecutor()
                        .schedule(() -> runner.loop().createFuture().await(), 0, SECONDS);
                Asyncio.sleep(Duration.ZERO);
            });
        }
        assertThat(future[0].isCancelled()).isTrue();
    }
}
