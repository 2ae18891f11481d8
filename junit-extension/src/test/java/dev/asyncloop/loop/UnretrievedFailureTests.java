package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.CombinedFutures;
import dev.asyncloop.testing.LogCapture;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tasks failed with and nobody looked at, and tasks that are pending when their loop is closed. */
@Timeout(60)
class UnretrievedFailureTests {

    private static final Owner MINE = Owner.named("mine");
    private static final String NEVER_RETRIEVED = "Task exception was never retrieved";
    private static final String DESTROYED = "Task was destroyed but it is pending!";

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(MINE));

    private final List<ExceptionContext> reported = new ArrayList<>();
    private final IllegalStateException thrown = new IllegalStateException("in a task");

    UnretrievedFailureTests() {
        loop.setExceptionHandler((where, context) -> reported.add(context));
    }

    private Task<String> failing() {
        return loop.createTask("failing", this::fail);
    }

    private String fail() {
        throw thrown;
    }

    private void turns() {
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        });
    }

    private Task<String> failed() {
        Task<String> task = failing();
        turns();
        return task;
    }

    /** Has the garbage collected until {@code done}, while the loop runs; fails where that is not within 20 s. */
    private void collectUntil(BooleanSupplier done) {
        loop.runUntilComplete(() -> {
            for (int times = 0; !done.getAsBoolean(); times++) {
                assertThat(times).as("collections").isLessThan(2_000);
                System.gc();
                Asyncio.sleep(Duration.ofMillis(10));
            }
        });
    }

    @Test
    void B21_an_exception_that_nobody_looked_at_is_reported_when_the_task_is_collected() {
        loop.setDebug(true);
        int line = Lines.here() + 1;
        loop.createTask("failing", this::fail);
        turns();
        assertThat(reported).isEmpty();
        collectUntil(() -> !reported.isEmpty());
        assertThat(reported).hasSize(1);
        ExceptionContext context = reported.get(0);
        assertThat(context.message()).isEqualTo(NEVER_RETRIEVED);
        assertThat(context.exception()).isSameAs(thrown);
        assertThat(context.subject()).isInstanceOfSatisfying(TaskSnapshot.class, task -> {
            assertThat(task.label()).isEqualTo("task \"failing\"");
            assertThat(task.state()).hasToString("failed");
            assertThat(task.owner()).isSameAs(MINE);
        });
        assertThat(Lines.first(context.created())).isEqualTo("UnretrievedFailureTests:" + line);
        loop.close();
        assertThat(reported).hasSize(1);
    }

    @Test
    void B21_or_when_the_loop_is_closed() {
        Task<?> kept = failed();
        assertThat(loop.unretrieved().list()).hasSize(1);
        assertThat(reported).isEmpty();
        loop.close();
        assertThat(reported).extracting(ExceptionContext::message).containsExactly(NEVER_RETRIEVED);
        assertThat(loop.unretrieved().list()).isEmpty();
        loop.close();
        assertThat(reported).hasSize(1);
        assertThat(kept).isDone();
    }

    @Test
    void B21_several_in_the_order_in_which_they_failed() {
        for (int number = 1; number <= 3; number++) {
            String name = "number " + number;
            loop.createTask(name, () -> {
                throw new IllegalStateException(name);
            });
        }
        loop.createBackgroundTask("background", () -> {
            throw new AssertionError("background");
        });
        turns();
        loop.close();
        assertThat(reported)
                .extracting(context -> context.exception().getMessage())
                .containsExactly("number 1", "number 2", "number 3", "background");
    }

    @Test
    void B21_what_the_default_handler_says() {
        loop.setExceptionHandler(null);
        loop.setDebug(true);
        Task<?> kept = failed();
        try (LogCapture log = LogCapture.start()) {
            loop.close();
            assertThat(log.next().getMessage())
                    .matches("(?s)Task exception was never retrieved\ntask: task \"failing\" \\(failed\\)\n"
                            + "Object created at \\(most recent call first\\):\n\tat .*UnretrievedFailureTests.*");
        }
        assertThat(kept).isDone();
    }

    private static void seeFail(ThrowingCallable look) {
        assertThat(catchThrowable(look)).isNotNull();
    }

    static List<Consumer<Task<String>>> looksAtTheOutcome() {
        return List.of(
                task -> seeFail(task::await),
                task -> seeFail(task::get),
                task -> seeFail(() -> task.get(1, TimeUnit.SECONDS)),
                task -> seeFail(task::join),
                task -> seeFail(() -> task.getNow("absent")),
                task -> seeFail(task::resultNow),
                Task::exceptionNow,
                Task::state,
                Task::isCompletedExceptionally,
                task -> task.exceptionally(failure -> "handled"),
                task -> task.thenApply(String::length),
                Task::copy,
                Task::toCompletableFuture,
                task -> CompletableFuture.completedFuture("x").thenCombine(task, String::concat),
                task -> task.addDoneCallback(done -> {}));
    }

    @ParameterizedTest
    @MethodSource("looksAtTheOutcome")
    void B21_not_if_somebody_looked_at_it(Consumer<Task<String>> look) {
        Task<String> task = failed();
        assertThat(loop.unretrieved().list()).hasSize(1);
        loop.runUntilComplete(() -> look.accept(task));
        assertThat(loop.unretrieved().list()).isEmpty();
        loop.close();
        assertThat(reported).isEmpty();
    }

    static List<Consumer<Task<String>>> willSeeTheOutcome() {
        return List.of(
                task -> EventLoop.of(task).createTask(() -> seeFail(task::await)),
                task -> EventLoop.of(task)
                        .createTask(() -> seeFail(() -> Asyncio.gather(task).await())),
                task -> task.exceptionally(failure -> "handled"),
                task -> CompletableFuture.completedFuture("x").thenCombine(task, String::concat),
                task -> CompletableFuture.allOf(task),
                task -> CompletableFuture.anyOf(task, new CompletableFuture<>()),
                task -> task.addDoneCallback(done -> {}));
    }

    @ParameterizedTest
    @MethodSource("willSeeTheOutcome")
    void B21_nor_if_somebody_waited_for_it(Consumer<Task<String>> link) {
        Task<String> task = failing();
        link.accept(task);
        turns();
        assertThat(loop.unretrieved().list()).isEmpty();
        loop.close();
        assertThat(reported).isEmpty();
        assertThat(task).isDone();
    }

    @Test
    @Tag("scheduler")
    void B21_nor_if_a_thread_waited_for_it() throws Exception {
        Task<String> task = failing();
        loop.createTask(() -> seeFail(task::join));
        turns();
        assertThat(loop.unretrieved().list()).isEmpty();
    }

    /** Which reads what is done already without calling a method of it. */
    @Test
    void B21_nor_if_it_came_out_through_all_of() {
        Task<String> task = failed();
        assertThat(catchThrowable(() -> loop.runUntilComplete(CompletableFuture.allOf(task))))
                .isSameAs(thrown);
        assertThat(loop.unretrieved().list()).isEmpty();
    }

    @Test
    void B21_nor_if_another_task_passed_it_on() {
        Task<String> task = failed();
        Task<?> other = loop.createTask(() -> CompletableFuture.allOf(task).join());
        assertThat(catchThrowable(() -> loop.runUntilComplete(other))).hasCause(thrown);
        assertThat(loop.unretrieved().list()).isEmpty();
    }

    @Test
    void B21_nor_if_a_callback_passed_it_on_as_suppressed() {
        Task<String> task = failed();
        loop.callSoon(() -> {
            IllegalArgumentException several = new IllegalArgumentException("several");
            several.addSuppressed(thrown);
            throw several;
        });
        turns();
        assertThat(loop.unretrieved().list()).isEmpty();
        assertThat(reported).hasSize(1);
        assertThat(task).isDone();
    }

    @Test
    void B21_a_circle_of_causes_is_left() {
        IllegalArgumentException first = new IllegalArgumentException("first");
        first.initCause(new IllegalStateException(first));
        Task<?> kept = failed();
        loop.callExceptionHandler(new ExceptionContext("a circle", first));
        assertThat(loop.unretrieved().list()).hasSize(1);
        assertThat(kept).isDone();
    }

    @Test
    void B21_what_does_not_ask_for_the_outcome_is_no_look() {
        Task<String> task = failed();
        assertThat(task.isDone()).isTrue();
        assertThat(task.isCancelled()).isFalse();
        assertThat(task.toString()).contains("failed");
        assertThat(loop.unretrieved().list()).hasSize(1);
    }

    @Test
    void B21_not_if_the_task_was_cancelled() {
        Task<?> waits = loop.createTask(() -> loop.createFuture().await());
        Task<?> unstarted = loop.createTask(this::fail);
        unstarted.cancel("enough");
        turns();
        waits.cancel("enough");
        turns();
        assertThat(List.of(waits, unstarted)).allMatch(Task::isCancelled);
        assertThat(loop.unretrieved().list()).isEmpty();
    }

    @Test
    void B21_not_of_a_future() { // which others complete, and which others may look at
        LoopFuture<String> future = loop.createFuture();
        future.completeExceptionally(thrown);
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void B21_not_of_phases_and_generators() {
        assertThat(catchThrowable(() -> MainTasks.of(loop, "main", MINE).run(this::fail)))
                .isSameAs(thrown);
        assertThat(catchThrowable(() -> loop.runUntilComplete(
                        () -> AsyncGenerator.of(emitter -> fail()).iterator().hasNext())))
                .isSameAs(thrown);
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    @Tag("scheduler")
    void B21_not_of_a_virtual_thread_of_the_code_under_test() {
        loop.runUntilComplete(() -> {
            Thread thread = Thread.ofVirtual().unstarted(this::fail);
            thread.setUncaughtExceptionHandler((where, expected) -> {});
            thread.start();
            thread.join();
        });
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void B21_only_so_many_are_kept() {
        List<Task<?>> tasks = new ArrayList<>();
        for (int number = 0; number < 1_200; number++) {
            tasks.add(loop.createTask(() -> {
                throw new IllegalStateException("one of many");
            }));
        }
        turns();
        assertThat(loop.unretrieved().list()).hasSize(1_000);
        tasks.forEach(Task::isCompletedExceptionally);
        assertThat(loop.unretrieved().list()).isEmpty();
    }

    @Test
    void B21_it_does_not_keep_the_task() {
        WeakReference<Task<?>> task = new WeakReference<>(failed());
        collectUntil(() -> task.refersTo(null));
    }

    @Test
    @Tag("scheduler")
    void B21_what_the_account_of_its_owner_will_show_is_not_reported_before_that() {
        ByteBuddyAgent.install();
        assertThat(CombinedFutures.install()).isTrue();
        loop.setExceptionHandler(null);
        try (LogCapture log = LogCapture.start()) {
            WeakReference<Task<?>> task = new WeakReference<>(failed());
            collectUntil(() -> task.refersTo(null));
            loop.unretrieved().look();
            turns();
            assertThat(loop.account(Owner.named("another")).takeFailures()).isEmpty();
            assertThat(loop.account(MINE).takeFailures())
                    .extracting(ExceptionContext::exception)
                    .containsExactly(thrown);
            assertThat(loop.account(MINE).takeFailures()).isEmpty();
            loop.close();
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void B21_a_handler_that_throws_an_error_at_close_does_not_keep_the_rest_from_being_reported() {
        AssertionError error = new AssertionError("in the handler");
        loop.createTask(this::fail);
        loop.createTask(() -> {
            throw new IllegalArgumentException("another");
        });
        turns();
        loop.setExceptionHandler((where, context) -> {
            reported.add(context);
            throw reported.size() == 1 ? error : new AssertionError("again");
        });
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(loop::close)
                .isSameAs(error)
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1));
        assertThat(loop.isClosed()).isTrue();
        assertThat(reported).hasSize(2);
    }

    @Test
    void A15_an_error_that_leaves_the_run_does_not_leave_the_failure_of_its_body_unretrieved() {
        AssertionError error = new AssertionError("in a callback");
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    loop.callSoon(() -> loop.callSoon(() -> {
                        throw error;
                    }));
                    Asyncio.sleep(Duration.ZERO);
                    fail();
                })))
                .isIn(error, thrown);
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void A15_what_the_run_throws_counts_as_retrieved() {
        assertThat(catchThrowable(() -> loop.runUntilComplete(this::fail))).isSameAs(thrown);
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void A19_the_body_of_a_run_that_was_stopped_may_stay_pending() {
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    loop.stop();
                    loop.createFuture().await();
                })))
                .hasMessage("Event loop stopped before Future completed.");
        assertThat(loop.allTasks()).hasSize(1);
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void C07_a_task_that_is_pending_when_its_loop_is_closed_is_reported() {
        loop.setDebug(true);
        Task<?> waits = loop.createTask(() -> loop.createFuture().await());
        turns();
        Task<?> unstarted = loop.createTask(() -> {});
        loop.close();
        assertThat(reported)
                .containsExactly(
                        new ExceptionContext(DESTROYED, null, waits), new ExceptionContext(DESTROYED, null, unstarted));
        assertThat(Lines.first(reported.get(1).created())).startsWith("UnretrievedFailureTests:");
    }

    @Test
    void C07_of_many_the_first_are_reported_and_the_others_counted() {
        for (int number = 0; number < 23; number++) {
            loop.createTask(() -> {});
        }
        loop.close();
        assertThat(reported).hasSize(21);
        assertThat(reported.subList(0, 20))
                .extracting(ExceptionContext::message)
                .containsOnly(DESTROYED);
        assertThat(reported.get(20))
                .isEqualTo(new ExceptionContext("Tasks were destroyed but they are pending: 3 more", null));
    }

    @Test
    void C07_but_not_one_that_may_outlive_its_creator_or_that_was_cancelled() {
        loop.createBackgroundTask("background", () -> loop.createFuture().await());
        Task<?> cancelled = loop.createTask(() -> loop.createFuture().await());
        turns();
        cancelled.cancel("enough");
        loop.close();
        assertThat(reported).isEmpty();
    }

    @Test
    void F03_a_pending_task_that_nobody_refers_to_is_not_lost() { // asyncio's is
        WeakReference<Task<?>> task = new WeakReference<>(
                loop.createTask("forgotten", () -> loop.createFuture().await()));
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        collectUntil(() -> garbage.refersTo(null));
        assertThat(loop.allTasks()).extracting(Task::name).containsExactly("forgotten");
        assertThat(task.refersTo(null)).isFalse();
    }
}
