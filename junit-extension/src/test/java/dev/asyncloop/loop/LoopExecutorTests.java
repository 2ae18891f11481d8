package dev.asyncloop.loop;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link ScheduledExecutorService} for the view of a loop that runs on another thread. The cases are those that the JDK
 * holds its own executors to ({@code ScheduledExecutorTest} and {@code AbstractExecutorServiceTest} of JSR 166).
 */
@Timeout(60)
class LoopExecutorTests {

    private final EventLoop loop = EventLoop.create();
    private final ScheduledExecutorService executor = loop.asExecutor();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Thread driver = Thread.ofPlatform().name("drives the loop").unstarted(loop::runForever);

    @BeforeEach
    void start() {
        driver.start();
        Eventually.eventually("the loop runs", loop::isRunning);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(loop::stop);
        }
        driver.join();
        loop.close();
    }

    /** Waits like what a command should be able to wait for. */
    private String waitForEver() {
        try {
            loop.createFuture().await();
            return "never";
        } finally {
            events.add("ended");
        }
    }

    private ScheduledFuture<String> running() {
        CountDownLatch begun = new CountDownLatch(1);
        ScheduledFuture<String> future = executor.schedule(
                () -> {
                    begun.countDown();
                    return waitForEver();
                },
                0,
                SECONDS);
        await(begun);
        return future;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void execute_runs_a_command_as_a_task_of_the_loop() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            events.add(EventLoop.running() == loop && Asyncio.currentTask() != null ? "on the loop" : "elsewhere");
            done.countDown();
        });
        await(done);
        assertThat(events).containsExactly("on the loop");
    }

    @Test
    void commands_run_in_the_order_in_which_they_were_given() throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String number = String.valueOf(i);
            futures.add(executor.submit(() -> {
                events.add(number);
            }));
        }
        futures.getLast().get();
        assertThat(events)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }

    @Test
    void a_command_that_waits_keeps_no_other_waiting() throws Exception {
        LoopFuture<String> gate = loop.createFuture();
        Future<String> waiting = executor.submit(() -> gate.await());
        executor.submit(() -> gate.complete("opened")).get();
        assertThat(waiting.get()).isEqualTo("opened");
    }

    @Test
    void submit_returns_the_result_or_what_was_thrown() throws Exception {
        assertThat(executor.submit(() -> "result").get()).isEqualTo("result");
        assertThat(executor.submit(() -> {}).get()).isNull();
        assertThat(executor.submit(() -> {}, "given").get(20, SECONDS)).isEqualTo("given");
        ArithmeticException thrown = new ArithmeticException();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor.submit(() -> {
                            throw thrown;
                        })
                        .get())
                .withCause(thrown);
    }

    @Test
    void what_a_bare_command_throws_is_its_tasks() {
        List<Task<?>> tasks = new CopyOnWriteArrayList<>();
        executor.execute(() -> {
            tasks.add(Asyncio.currentTask());
            throw new IllegalStateException("nobody has the future");
        });
        Eventually.eventually(
                "the task fails", () -> tasks.size() == 1 && tasks.getFirst().isDone());
        assertThat(Promises.failure(tasks.getFirst())).hasMessage("nobody has the future");
    }

    @Test
    void a_delayed_command_runs_after_its_delay() throws Exception {
        long start = System.nanoTime();
        ScheduledFuture<Long> callable = executor.schedule(System::nanoTime, 20, MILLISECONDS);
        assertThat(callable.get() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(20));
        executor.schedule(() -> events.add("ran"), 1, MILLISECONDS).get();
        executor.schedule((Runnable) () -> events.add("runnable"), -1, DAYS).get();
        assertThat(events).containsExactly("ran", "runnable");
    }

    @Test
    void a_shorter_delay_overtakes_a_longer_one() {
        loop.callSoonThreadsafe(
                () -> { // while it holds the loop, no time passes it by
                    executor.schedule(() -> events.add("late"), 40, MILLISECONDS);
                    executor.schedule(() -> events.add("early"), 20, MILLISECONDS);
                });
        Eventually.eventually("both ran", () -> events.size() == 2);
        assertThat(events).containsExactly("early", "late");
    }

    @Test
    void delays_tell_how_long_they_are_and_sort() {
        ScheduledFuture<?> hour = executor.schedule(() -> {}, 1, HOURS);
        ScheduledFuture<?> day = executor.schedule(() -> {}, 1, DAYS);
        ScheduledFuture<?> forEver = executor.schedule(() -> {}, Long.MAX_VALUE, DAYS);
        assertThat(hour.getDelay(SECONDS)).isBetween(3_500L, 3_600L);
        assertThat(forEver.getDelay(DAYS)).isGreaterThan(36_500);
        assertThat(hour.compareTo(day)).isNegative();
        assertThat(day.compareTo(hour)).isPositive();
        ScheduledFuture<?> foreign =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task)).schedule(() -> {}, 2, HOURS);
        assertThat(hour.compareTo(foreign)).isNegative();
        assertThat(day.compareTo(foreign)).isPositive();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void a_fixed_delay_goes_by_when_runs_ended() {
        List<Long> starts = new CopyOnWriteArrayList<>();
        ScheduledFuture<?> future = executor.scheduleWithFixedDelay(
                () -> {
                    starts.add(System.nanoTime());
                    Asyncio.sleep(Duration.ofMillis(10));
                },
                0,
                10,
                MILLISECONDS);
        Eventually.eventually("it ran five times", () -> starts.size() == 5);
        assertThat(IntStream.range(1, 5).mapToObj(i -> starts.get(i) - starts.get(i - 1)))
                .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(20)));
        future.cancel(true);
    }

    @Test
    void runs_of_a_periodic_command_never_overlap() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(
                () -> {
                    if (inside.incrementAndGet() > 1) {
                        events.add("overlap");
                    }
                    Asyncio.sleep(Duration.ofMillis(5));
                    inside.decrementAndGet();
                    runs.incrementAndGet();
                },
                0,
                1,
                MILLISECONDS);
        Eventually.eventually("it ran five times", () -> runs.get() >= 5);
        future.cancel(false);
        assertThat(events).isEmpty();
    }

    @Test
    void a_periodic_command_that_throws_does_not_run_again() {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(
                () -> {
                    if (runs.incrementAndGet() == 3) {
                        throw new IllegalStateException("third");
                    }
                },
                0,
                1,
                MILLISECONDS);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .havingCause()
                .withMessage("third");
        Eventually.eventually("it is forgotten", () -> executor.toString().contains("0 commands"));
        executor.shutdown();
        Eventually.eventually("it terminates", executor::isTerminated);
        assertThat(runs).hasValue(3);
    }

    @Test
    void cancelling_a_periodic_command_ends_it() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> future = executor.scheduleWithFixedDelay(runs::incrementAndGet, 0, 1, MILLISECONDS);
        assertThat(future.isDone()).isFalse();
        Eventually.eventually("it ran", () -> runs.get() > 0);
        assertThat(future.cancel(false)).isTrue();
        int after = executor.submit(runs::get).get();
        executor.schedule(() -> {}, 20, MILLISECONDS).get();
        assertThat(runs).hasValue(after);
        assertThat(catchThrowable(future::get)).isInstanceOf(CancellationException.class);
    }

    @Test
    void a_cancelled_command_does_not_run_and_leaves_no_timer() throws Exception {
        ScheduledFuture<?> delayed = executor.schedule(() -> events.add("ran"), 20, MILLISECONDS);
        assertThat(delayed.cancel(false)).isTrue();
        assertThat(delayed.isCancelled()).isTrue();
        executor.shutdown();
        assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
        loop.asExecutor().schedule(() -> {}, 40, MILLISECONDS).get();
        assertThat(events).isEmpty();
    }

    @Test
    void cancelling_interrupts_a_run_only_where_it_may() {
        ScheduledFuture<String> left = running();
        assertThat(left.cancel(false)).isTrue();
        ScheduledFuture<String> interrupted = running();
        assertThat(interrupted.cancel(true)).isTrue();
        Eventually.eventually("one ends", () -> events.size() == 1);
        assertThat(loop.allTasks()).hasSize(1);
        executor.shutdownNow();
        Eventually.eventually("the other ends too", () -> events.size() == 2);
    }

    @Test
    void a_command_whose_task_is_cancelled_before_it_begins_is_cancelled() throws Exception {
        List<Future<?>> futures = new CopyOnWriteArrayList<>();
        executor.submit(() -> {
                    futures.add(executor.submit(() -> events.add("ran")));
                    loop.allTasks().getLast().cancel(null);
                })
                .get();
        assertThat(catchThrowable(() -> futures.getFirst().get(20, SECONDS))).isInstanceOf(CancellationException.class);
        executor.shutdown();
        assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void get_is_interrupted_and_has_a_limit() throws Exception {
        ScheduledFuture<String> future = running();
        assertThat(catchThrowable(() -> future.get(1, MILLISECONDS))).isInstanceOf(TimeoutException.class);
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(future::get)).isInstanceOf(InterruptedException.class);
        assertThat(future.isDone()).isFalse();
        future.cancel(true);
    }

    @Test
    void null_and_wrong_periods_are_refused() throws InterruptedException {
        Runnable none = nothing();
        Callable<String> noCall = nothing();
        List<ThrowingCallable> operations = List.of(
                () -> executor.execute(none),
                () -> executor.submit(none),
                () -> executor.submit(none, "value"),
                () -> executor.submit(noCall),
                () -> executor.schedule(none, 1, SECONDS),
                () -> executor.schedule(noCall, 1, SECONDS),
                () -> executor.schedule(() -> {}, 1, nothing()),
                () -> executor.scheduleAtFixedRate(none, 1, 1, SECONDS),
                () -> executor.scheduleAtFixedRate(() -> {}, 1, 1, nothing()),
                () -> executor.scheduleWithFixedDelay(none, 1, 1, SECONDS),
                () -> executor.scheduleWithFixedDelay(() -> {}, 1, 1, nothing()),
                () -> executor.invokeAll(nothing()),
                () -> executor.invokeAll(Arrays.asList(() -> "first", noCall)),
                () -> executor.invokeAny(nothing()),
                () -> executor.invokeAny(Arrays.asList(() -> "first", noCall)),
                () -> executor.invokeAny(List.of(() -> "x"), 1, nothing()));
        assertThat(operations)
                .allSatisfy(operation -> assertThatNullPointerException().isThrownBy(operation));
        for (long period : new long[] {0, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.scheduleAtFixedRate(() -> {}, 0, period, SECONDS))
                    .withMessage("the period must be positive: " + period);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.scheduleWithFixedDelay(() -> {}, 0, period, SECONDS))
                    .withMessage("the period must be positive: " + period);
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(20, SECONDS))
                .as("nothing was left behind")
                .isTrue();
    }

    @Test
    void invoke_all_runs_all() throws Exception {
        assertThat(executor.invokeAll(List.<Callable<String>>of())).isEmpty();
        List<Future<String>> futures = executor.invokeAll(List.of(() -> "one", () -> {
            throw new IllegalStateException("two");
        }));
        assertThat(futures).allMatch(Future::isDone);
        assertThat(futures.get(0).get()).isEqualTo("one");
        assertThat(futures.get(1).exceptionNow()).hasMessage("two");
    }

    @Test
    void invoke_all_with_a_limit_cancels_what_takes_longer() throws Exception {
        List<Future<String>> futures = executor.invokeAll(List.of(() -> "one", this::waitForEver), 100, MILLISECONDS);
        assertThat(futures.get(0).get()).isEqualTo("one");
        assertThat(futures.get(1).isCancelled()).isTrue();
        Eventually.eventually("its task ends", () -> events.contains("ended"));
    }

    @Test
    void invoke_any_returns_the_first_success_and_cancels_the_rest() throws Exception {
        Callable<String> failing = () -> {
            throw new IllegalStateException("failed");
        };
        assertThat(executor.invokeAny(List.of(this::waitForEver, failing, () -> "won")))
                .isEqualTo("won");
        Eventually.eventually("the others end", () -> events.contains("ended"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> executor.invokeAny(List.of(failing, failing)))
                .havingCause()
                .withMessage("failed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> executor.invokeAny(List.<Callable<String>>of()))
                .withMessage("invokeAny needs at least one command");
        assertThat(catchThrowable(() -> executor.invokeAny(List.of(this::waitForEver), 10, MILLISECONDS)))
                .isInstanceOf(TimeoutException.class);
        Eventually.eventually("that ends too", () -> events.size() == 2);
    }

    @Test
    void a_view_that_was_shut_down_rejects_new_commands_and_the_loop_goes_on() throws Exception {
        assertThat(executor.isShutdown()).isFalse();
        executor.shutdown();
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        List<ThrowingCallable> operations = List.of(
                () -> executor.execute(() -> {}),
                () -> executor.submit(() -> 1),
                () -> executor.schedule(() -> 1, 1, SECONDS),
                () -> executor.scheduleAtFixedRate(() -> {}, 1, 1, SECONDS),
                () -> executor.scheduleWithFixedDelay(() -> {}, 1, 1, SECONDS),
                () -> executor.invokeAny(List.of(() -> 1)));
        assertThat(operations)
                .allSatisfy(operation -> assertThatExceptionOfType(RejectedExecutionException.class)
                        .isThrownBy(operation)
                        .withMessage("the executor was shut down and takes no more commands"));
        assertThat(executor.isTerminated()).isTrue();
        assertThat(loop.asExecutor().submit(() -> "another view").get()).isEqualTo("another view");
    }

    @Test
    void after_shutdown_delayed_commands_still_run_and_periodic_ones_are_cancelled() throws Exception {
        ScheduledFuture<String> delayed = executor.schedule(() -> "ran", 50, MILLISECONDS);
        ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(() -> {}, 1, 1, HOURS);
        executor.shutdown();
        assertThat(periodic.isCancelled()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        assertThat(executor.awaitTermination(0, SECONDS)).isFalse();
        assertThat(delayed.get()).isEqualTo("ran");
        assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void after_shutdown_a_periodic_run_that_is_under_way_is_the_last() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        LoopFuture<String> gate = loop.createFuture();
        ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(
                () -> {
                    begun.countDown();
                    events.add(gate.await());
                },
                0,
                1,
                MILLISECONDS);
        await(begun);
        executor.shutdown();
        assertThat(executor.isTerminated()).as("it still runs").isFalse();
        gate.complete("went on");
        assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
        assertThat(events).containsExactly("went on");
        assertThat(periodic.isCancelled()).isTrue();
    }

    @Test
    void shutdown_now_returns_what_did_not_begin_and_interrupts_what_runs() throws Exception {
        ScheduledFuture<String> runs = running();
        ScheduledFuture<?> later = executor.schedule(() -> "later", 2, HOURS);
        ScheduledFuture<?> sooner = executor.schedule(() -> "sooner", 1, HOURS);
        ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(() -> {}, 3, 1, HOURS);
        List<Runnable> left = executor.shutdownNow();
        assertThat(left.stream().map(Object.class::cast)).containsExactly(sooner, later, periodic);
        assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
        assertThat(runs.isCancelled()).isTrue();
        assertThat(events).containsExactly("ended");
        assertThat(later.isDone()).isFalse();
        left.get(1).run();
        left.get(1).run();
        assertThat(later.get()).as("whoever gets it may run it").isEqualTo("later");
        assertThat(executor.shutdownNow()).isEmpty();
    }

    @Test
    void what_did_not_begin_is_returned_in_the_order_in_which_it_was_due() {
        List<ScheduledFuture<?>> soonestFirst = new ArrayList<>();
        for (int hours = 40; hours > 0; hours--) {
            soonestFirst.addFirst(executor.schedule(() -> {}, hours, HOURS));
        }
        assertThat(executor.shutdownNow().stream().map(Object.class::cast)).containsExactlyElementsOf(soonestFirst);
    }

    @Test
    void shutdown_now_ends_a_periodic_command_that_ignores_its_interruption() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(
                () -> {
                    begun.countDown();
                    assertThat(catchThrowable(this::waitForEver)).isNotNull();
                },
                0,
                1,
                MILLISECONDS);
        await(begun);
        assertThat(executor.shutdownNow()).isEmpty();
        assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
        assertThat(events).containsExactly("ended");
        assertThat(periodic.isCancelled()).isTrue();
    }

    @Test
    void a_command_that_comes_with_the_shutdown_does_not_keep_the_view_from_terminating() throws Exception {
        for (int i = 0; i < 200; i++) {
            ScheduledExecutorService view = loop.asExecutor();
            Thread submitting = Thread.ofPlatform().start(() -> {
                while (!view.isShutdown()) {
                    try {
                        view.execute(() -> {});
                    } catch (RejectedExecutionException tooLate) {
                        // as it should
                    }
                }
            });
            view.shutdown();
            submitting.join();
            assertThat(view.awaitTermination(20, SECONDS)).isTrue();
        }
    }

    @Test
    void a_command_runs_on_the_loop_only_whatever_its_future_is_taken_for() {
        ScheduledFuture<?> delayed = executor.schedule(() -> events.add("ran"), 1, HOURS);
        ((Runnable) delayed).run();
        assertThat(events).isEmpty();
        assertThat(delayed.isDone()).isFalse();
    }

    @Test
    void await_termination_is_interrupted() {
        running();
        executor.shutdown();
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> executor.awaitTermination(1, DAYS))).isInstanceOf(InterruptedException.class);
        executor.shutdownNow();
    }

    @Test
    void closing_waits_for_the_commands() {
        Future<Boolean> delayed = executor.schedule(() -> events.add("ran"), 20, MILLISECONDS);
        executor.close();
        assertThat(delayed.isDone()).isTrue();
        assertThat(events).containsExactly("ran");
    }

    @Test
    void a_closed_loop_rejects_everything_and_its_views_have_terminated() throws Exception {
        executor.schedule(() -> events.add("never"), 1, HOURS);
        CountDownLatch waits = new CountDownLatch(1);
        Thread waiting = Thread.ofPlatform().start(() -> {
            waits.countDown();
            try {
                events.add("terminated " + executor.awaitTermination(1, DAYS));
            } catch (InterruptedException interrupted) {
                events.add(interrupted.toString());
            }
        });
        await(waits);
        loop.callSoonThreadsafe(loop::stop);
        driver.join();
        loop.close();
        waiting.join();
        assertThat(events).containsExactly("terminated true");
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> executor.execute(() -> {}))
                .withMessage("Event loop is closed");
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> loop.asExecutor().schedule(() -> {}, 1, NANOSECONDS))
                .withMessage("Event loop is closed");
        executor.close();
    }

    @Test
    void it_says_what_it_is() {
        executor.schedule(() -> {}, 1, HOURS);
        assertThat(executor).hasToString("<executor view open, 1 commands, of <EventLoop running=true closed=false>>");
        executor.shutdown();
        assertThat(executor.toString()).startsWith("<executor view shut down, 1 commands");
        executor.shutdownNow();
        assertThat(executor.toString()).startsWith("<executor view terminated, 0 commands");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
