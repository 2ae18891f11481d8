package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiting for futures: whose outcome it is, and who may. */
@Timeout(30)
class AwaitTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().debug(true));

    private final List<String> events = new ArrayList<>();

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("unchecked"),
                new IOException("checked"),
                new AssertionError("error"),
                new CompletionException(new IOException("a wrapper of its own")),
                new java.util.concurrent.ExecutionException(new IOException("another wrapper")),
                new CancellationException("cancelled by a library"),
                new CancellationException("with a cause").initCause(new IOException("why")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void the_original_exception_of_a_task_is_thrown_itself(Throwable failure) {
        loop.runUntilComplete(() -> {
            Task<?> child = loop.createTask(() -> {
                throw sneaky(failure);
            });
            assertThat(catchThrowable(child::await)).isSameAs(failure); // suspended
            assertThat(catchThrowable(child::await)).isSameAs(failure); // done
            Task<?> parent = loop.createTask(child::await);
            assertThat(catchThrowable(parent::await)).isSameAs(failure);
            assertThat(catchThrowable(Asyncio.gather(parent)::await)).isSameAs(failure);
        });
    }

    private static Exception sneaky(Throwable thrown) {
        throw dev.asyncloop.jdk.Sneaky.rethrow(thrown);
    }

    @Test
    void the_original_exception_of_a_derived_future_is_thrown_without_the_wrapper_of_the_jdk() {
        IOException failure = new IOException("source");
        loop.runUntilComplete(() -> {
            LoopFuture<String> source = loop.createFuture();
            CompletableFuture<String> derived = source.thenApply(String::trim);
            source.completeExceptionally(failure);
            assertThat(catchThrowable(() -> Asyncio.await(derived))).isSameAs(failure);
        });
    }

    @Test
    void a_done_future_does_not_suspend() {
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> events.add("callback"));
            assertThat(loop.wrap(CompletableFuture.completedFuture("done")).await())
                    .isEqualTo("done");
            events.add("awaited");
        });
        assertThat(events).first().isEqualTo("awaited");
    }

    @Test
    void a_done_future_can_be_awaited_anywhere() {
        LoopFuture<String> future = loop.createFuture();
        future.complete("done");
        assertThat(future.await()).isEqualTo("done");
    }

    @Test
    void null_is_a_result() {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> (String) null);
            assertThat(task.await()).isNull();
            assertThat(task.await()).isNull();
        });
    }

    @Test
    void stages_derived_from_a_future_of_the_loop_can_be_awaited() {
        loop.runUntilComplete(() -> {
            Task<Integer> task = loop.createTask(() -> 20);
            CompletableFuture<Integer> derived = task.thenApplyAsync(value -> {
                assertThat(EventLoop.running()).isSameAs(loop);
                assertThat(Asyncio.currentTask()).isNull();
                return value + 1;
            });
            assertThat(derived).isInstanceOf(LoopFuture.class);
            assertThat(((LoopFuture<Integer>) derived).await()).isEqualTo(21);
        });
    }

    @Test
    void G17_a_future_of_another_loop_is_refused() {
        try (EventLoop other = EventLoop.create()) {
            LoopFuture<String> future = other.createFuture();
            loop.runUntilComplete(() -> {
                Task<?> task = loop.createTask("waits", future::await);
                assertThatIllegalStateException()
                        .isThrownBy(task::await)
                        .withMessageMatching("Task <task \"waits\", running, created at .*AwaitTests.*> got Future"
                                + " <Future pending> attached to a different loop");
                assertThatIllegalArgumentException().isThrownBy(() -> Asyncio.await(future));
                assertThatIllegalArgumentException().isThrownBy(() -> Asyncio.gather(future));
            });
        }
    }

    @Test
    void G17_a_task_cannot_await_itself() {
        loop.runUntilComplete(() -> assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.currentTask().await())
                .withMessage("Task cannot await on itself"));
    }

    @Test
    void a_callback_cannot_await() {
        LoopFuture<String> future = loop.createFuture();
        loop.callSoon(() -> {
            assertThatAwaitIsRefused(future::await);
            assertThatAwaitIsRefused(() -> Asyncio.sleep(Duration.ZERO));
            assertThatAwaitIsRefused(() -> Asyncio.sleep(Duration.ofHours(1)));
            future.complete("looked");
        });
        assertThat(loop.<String>runUntilComplete(future)).isEqualTo("looked");
    }

    @Test
    void a_thread_outside_of_the_loop_cannot_await() {
        assertThatAwaitIsRefused(loop.createFuture()::await);
        assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.sleep(Duration.ZERO))
                .withMessage("no running event loop");
        assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.await(new CompletableFuture<>()))
                .withMessage("no running event loop");
    }

    @Test
    void a_foreign_thread_cannot_await() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> future = loop.createFuture();
            CompletableFuture<Throwable> refusal = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> refusal.complete(catchThrowable(future::await)));
            assertThat(Asyncio.await(refusal)).hasMessageStartingWith("await() was called outside of a task");
        });
    }

    private static void assertThatAwaitIsRefused(ThrowingCallable await) {
        assertThatIllegalStateException()
                .isThrownBy(await)
                .withMessage("await() was called outside of a task of the loop; start one with createTask, or use get()"
                        + " from another thread");
    }

    @Test
    void a_foreign_thread_can_get() throws Exception {
        Task<String> task = loop.createTask(() -> {
            Asyncio.sleep(Duration.ofMillis(1));
            return "result";
        });
        CompletableFuture<String> seen = CompletableFuture.supplyAsync(task::join);
        loop.runUntilComplete(task);
        assertThat(seen.get()).isEqualTo("result");
    }

    @Test
    @Tag("scheduler")
    void an_adopted_virtual_thread_can_await() {
        LoopFuture<String> future = loop.createFuture();
        loop.runUntilComplete(() -> {
            Thread adopted = Thread.startVirtualThread(() -> events.add(future.await()));
            Asyncio.sleep(Duration.ZERO);
            future.complete("x");
            adopted.join();
        });
        assertThat(events).containsExactly("x");
    }

    @Test
    void a_task_completes_only_by_its_body() {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> {
                Asyncio.sleep(Duration.ZERO);
                return "by its body";
            });
            assertRefused("complete", () -> task.complete("x"));
            assertRefused("completeExceptionally", () -> task.completeExceptionally(new IOException()));
            assertRefused("completeAsync", () -> task.completeAsync(() -> "x"));
            assertRefused("completeAsync", () -> task.completeAsync(() -> "x", Runnable::run));
            assertRefused("orTimeout", () -> task.orTimeout(1, TimeUnit.NANOSECONDS));
            assertRefused("completeOnTimeout", () -> task.completeOnTimeout("x", 1, TimeUnit.NANOSECONDS));
            assertRefused("obtrudeValue", () -> task.obtrudeValue("x"));
            assertRefused("obtrudeException", () -> task.obtrudeException(new IOException()));
            assertThat(task.await()).isEqualTo("by its body");
        });
    }

    private static void assertRefused(String operation, ThrowingCallable call) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(call)
                .withMessage("Task does not support " + operation + ": a task completes only by its body");
    }

    @Test
    void gather_gives_the_results_in_their_order() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> late = loop.createFuture();
            Task<String> early = loop.createTask(() -> "early");
            LoopFuture<List<String>> both = Asyncio.gather(late, early, CompletableFuture.completedFuture("done"));
            early.await();
            assertThat(both).isNotDone();
            late.complete("late");
            assertThat(both.await()).containsExactly("late", "early", "done");
            assertThat(Asyncio.gather().await()).isEmpty();
            assertThat(Asyncio.gather(late, late).await()).containsExactly("late", "late");
        });
    }

    @Test
    void gather_fails_with_the_first_failure_and_the_others_run_on() {
        IOException first = new IOException("first");
        loop.runUntilComplete(() -> {
            LoopFuture<String> pending = loop.createFuture();
            LoopFuture<String> failing = loop.createFuture();
            LoopFuture<List<String>> all = Asyncio.gather(pending, failing);
            failing.completeExceptionally(first);
            assertThat(catchThrowable(all::await)).isSameAs(first);
            assertThat(pending).isNotDone();
        });
    }

    @Test
    void a_stage_of_another_library_completes_its_wrapper() {
        IOException failure = new IOException("foreign");
        loop.runUntilComplete(() -> {
            CompletableFuture<String> value = new CompletableFuture<>();
            CompletableFuture<String> failing = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                value.complete("value");
                failing.completeExceptionally(failure);
            });
            assertThat(Asyncio.await(value)).isEqualTo("value");
            assertThat(catchThrowable(() -> Asyncio.await(failing))).isSameAs(failure);
            assertThat(catchThrowable(() -> Asyncio.await(failing.thenApply(String::trim))))
                    .isSameAs(failure);
        });
    }

    @Test
    void a_stage_of_another_library_is_cancelled_by_its_wrapper_and_cancels_it() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        assertThat(loop.wrap(foreign).cancel("by us")).isTrue();
        assertThat(foreign).isCancelled();

        CompletableFuture<String> cancelled = new CompletableFuture<>();
        LoopFuture<String> wrapped = loop.wrap(cancelled);
        cancelled.cancel(true);
        assertThat(wrapped).isCancelled();
    }

    @Test
    void a_stage_that_cannot_be_cancelled_is_left_alone() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> readOnly = source.minimalCompletionStage();
        LoopFuture<String> wrapped = loop.wrap(readOnly);
        assertThat(wrapped.cancel("by us")).isTrue();
        assertThat(source).isNotDone();
        assertThat(loop.wrap(new NoFuture()).cancel("by us")).isTrue();
    }

    @Test
    void a_future_of_the_loop_is_not_wrapped() {
        LoopFuture<String> future = loop.createFuture();
        assertThat(loop.wrap(future)).isSameAs(future);
    }

    /** A stage as a library may write it. */
    private static final class NoFuture extends CompletableFuture<String> {
        @Override
        public CompletableFuture<String> toCompletableFuture() {
            throw new UnsupportedOperationException();
        }
    }
}
