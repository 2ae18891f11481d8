package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Bodies that another thread gives to a loop. */
@org.junit.jupiter.api.Timeout(30)
class ThreadsafeCallTests {

    private static final Duration HOUR = Duration.ofHours(1);

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final CountDownLatch began = new CountDownLatch(1);
    private final LoopFuture<String> ended = loop.createFuture();

    /** Runs {@code client} on a thread of its own while the loop runs. */
    private <T> T whileTheLoopRuns(Callable<T> client) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                result.complete(client.call());
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
        return loop.runUntilComplete(result);
    }

    private String sleepUntilCancelled() {
        began.countDown();
        try {
            Asyncio.sleep(HOUR);
            return "never";
        } catch (CancelledException cancelled) {
            ended.complete("cancelled");
            throw cancelled;
        }
    }

    @Test
    void I04_the_result_of_the_task_is_that_of_the_future() {
        assertThat(whileTheLoopRuns(() -> Asyncio.runCoroutineThreadsafe(
                                () -> {
                                    Asyncio.sleep(Duration.ofMillis(1));
                                    return EventLoop.of(Asyncio.currentTask()) == loop ? "on the loop" : "elsewhere";
                                },
                                loop)
                        .get()))
                .isEqualTo("on the loop");
        CountDownLatch ran = new CountDownLatch(1);
        whileTheLoopRuns(() ->
                Asyncio.runCoroutineThreadsafe(() -> ran.countDown(), loop).get());
        assertThat(ran.getCount()).isZero();
    }

    @Test
    void I04_its_failure_is_too() {
        IOException failure = new IOException("of the body");
        Throwable thrown = whileTheLoopRuns(() -> catchThrowable(() -> Asyncio.runCoroutineThreadsafe(
                        () -> {
                            throw failure;
                        },
                        loop)
                .get()));
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
    }

    @Test
    void I04_after_a_time_out_the_caller_cancels_the_task() {
        whileTheLoopRuns(() -> {
            CompletableFuture<String> future = Asyncio.runCoroutineThreadsafe(this::sleepUntilCancelled, loop);
            began.await();
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
            assertThat(future.cancel(true)).isTrue();
            return ended.get();
        });
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void I04_a_time_out_of_the_future_cancels_the_task() {
        whileTheLoopRuns(() -> {
            CompletableFuture<String> future = Asyncio.runCoroutineThreadsafe(this::sleepUntilCancelled, loop);
            began.await();
            future.orTimeout(1, TimeUnit.MILLISECONDS);
            assertThat(catchThrowable(future::get)).hasCauseInstanceOf(TimeoutException.class);
            return ended.get();
        });
    }

    @Test
    void I04_cancelling_the_task_cancels_the_future() {
        whileTheLoopRuns(() -> {
            CompletableFuture<String> future = Asyncio.runCoroutineThreadsafe(this::sleepUntilCancelled, loop);
            began.await();
            loop.allTasks().forEach(task -> task.cancel("from the loop"));
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
            assertThat(future).isCancelled();
            return null;
        });
    }

    @Test
    void I04_cancelled_before_the_loop_came_to_it_the_body_never_runs() {
        CompletableFuture<String> future = Asyncio.runCoroutineThreadsafe(this::sleepUntilCancelled, loop);
        future.cancel(true);
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(loop.allTasks()).isEmpty();
        assertThat(began.getCount()).isEqualTo(1);
    }

    @Test
    void I04_a_loop_that_does_not_run_yet_runs_it_later() {
        CompletableFuture<String> future = Asyncio.runCoroutineThreadsafe(() -> "later", loop);
        assertThat(future).isNotDone();
        assertThat(loop.<String>runUntilComplete(future)).isEqualTo("later");
    }

    @Test
    void what_the_task_factory_refuses_is_a_failure_of_the_future() {
        IllegalArgumentException refusal = new IllegalArgumentException("no more tasks");
        loop.setTaskFactory((where, body, options) -> {
            throw refusal;
        });
        CompletableFuture<String> future = Asyncio.runCoroutineThreadsafe(() -> "never", loop);
        assertThat(catchThrowable(() -> loop.runUntilComplete(future))).isSameAs(refusal);
    }

    @Test
    void a_closed_loop_refuses_it() {
        loop.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> Asyncio.runCoroutineThreadsafe(this::sleepUntilCancelled, loop))
                .withMessage("Event loop is closed");
    }

    @Test
    void null_is_refused() {
        assertThatNullPointerException()
                .isThrownBy(() -> Asyncio.runCoroutineThreadsafe((Callable<?>) null, loop))
                .withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Asyncio.runCoroutineThreadsafe((ThrowingRunnable) null, loop))
                .withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Asyncio.runCoroutineThreadsafe(() -> "x", null))
                .withMessage("loop");
    }

    @Test
    void createTask_starts_a_task_of_the_running_loop() {
        loop.runUntilComplete(() -> {
            assertThat(Asyncio.createTask(() -> "x").await()).isEqualTo("x");
            assertThat(Asyncio.createTask("named", () -> "x").name()).isEqualTo("named");
            assertThat(EventLoop.of(Asyncio.createTask(began::countDown))).isSameAs(loop);
            assertThat(Asyncio.createTask("named", began::countDown).name()).isEqualTo("named");
        });
    }
}
