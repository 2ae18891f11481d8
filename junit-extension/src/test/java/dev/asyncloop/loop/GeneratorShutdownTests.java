package dev.asyncloop.loop;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which generators a loop tracks, and how it closes them: asyncio's rules D1 to D15. */
@Timeout(60)
class GeneratorShutdownTests extends GeneratorTestBase {

    @AutoClose
    private final LogCapture log = LogCapture.start();

    /** Starts a generator that runs {@code cleanUp} when it is closed, and leaves it. */
    private AsyncGenerator<Integer> leave(ThrowingRunnable cleanUp) {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
            try {
                emitter.emit(1);
            } finally {
                cleanUp.run();
            }
        });
        generator.iterator().next();
        return generator;
    }

    private void assertClosingFailedWith(Throwable failure) {
        LogRecord logged = log.next();
        assertThat(logged.getLevel()).isEqualTo(Level.SEVERE);
        assertThat(logged.getMessage())
                .matches("(?s)an error occurred during closing of asynchronous generator <async generator, finished,"
                        + " created at [^\n]*GeneratorShutdownTests\\.leave\\([^\n]*>\nasyncgen: .*");
        assertThat(logged.getThrown()).isSameAs(failure);
    }

    @Test
    void D01_shutdown_awaits_the_finally_of_every_started_generator() {
        loop.runUntilComplete(() -> {
            leave(() -> {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("first");
            });
            leave(() -> {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("second");
            });
            loop.shutdownAsyncGenerators().await();
            assertThat(events).containsExactlyInAnyOrder("first", "second");
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
    }

    @Test
    void D01_they_are_closed_at_the_same_time() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> first = loop.createFuture();
            LoopFuture<String> second = loop.createFuture();
            leave(() -> {
                first.complete("first");
                events.add(second.await());
            });
            leave(() -> {
                second.complete("second");
                events.add(first.await());
            });
            loop.shutdownAsyncGenerators().await();
            assertThat(events).containsExactlyInAnyOrder("first", "second");
        });
    }

    @Test
    void D01_a_loop_that_does_not_run_is_run_for_it() {
        loop.runUntilComplete(() -> {
            leave(() -> events.add("finally"));
        });
        loop.runUntilComplete(loop.shutdownAsyncGenerators());
        assertThat(events).containsExactly("finally");
        assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
    }

    @Test
    void D02_closing_without_an_error_is_silent() {
        loop.runUntilComplete(() -> {
            leave(() -> Asyncio.sleep(Duration.ZERO));
            loop.shutdownAsyncGenerators().await();
        });
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void D03_what_a_finally_throws_is_logged_and_the_others_are_closed() {
        IOException failure = new IOException("finally");
        loop.runUntilComplete(() -> {
            leave(() -> {
                throw failure;
            });
            leave(() -> {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("finally");
            });
            loop.shutdownAsyncGenerators().await();
        });
        assertThat(events).containsExactly("finally");
        assertClosingFailedWith(failure);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void D03_so_is_an_error() {
        AssertionError failure = new AssertionError("finally");
        loop.runUntilComplete(() -> {
            leave(() -> {
                throw failure;
            });
            loop.shutdownAsyncGenerators().await();
        });
        assertClosingFailedWith(failure);
    }

    @Test
    void D03_a_finally_that_ends_cancelled_is_no_error_and_keeps_nobody_waiting() {
        loop.runUntilComplete(() -> {
            leave(() -> {
                throw new CancelledException("by itself");
            });
            leave(() -> {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("finally");
            });
            loop.shutdownAsyncGenerators().await();
            assertThat(events).containsExactly("finally");
        });
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void D03_a_body_that_emits_instead_of_ending_is_logged_and_still_tracked() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    emitter.emit(2);
                }
            });
            generator.iterator().next();
            loop.shutdownAsyncGenerators().await();
            assertThat(AsyncGenerator.allOf(loop.core())).containsExactly(generator);
            assertThat(log.next().getThrown())
                    .hasMessage("async generator ignored GeneratorExit: it emitted again instead of ending");
            generator.close();
        });
    }

    @Test
    void D04_one_that_nobody_refers_to_is_closed_by_the_shutdown_and_its_error_logged() {
        IOException failure = new IOException("finally");
        loop.runUntilComplete(() -> {
            leave(() -> {
                throw failure;
            });
        });
        System.gc();
        loop.runUntilComplete(loop.shutdownAsyncGenerators());
        assertClosingFailedWith(failure);
    }

    @Test
    void D05_the_garbage_collector_closes_nothing_and_the_loop_still_knows_it() {
        loop.runUntilComplete(() -> {
            leave(() -> events.add("finally"));
            collectGarbage();
            Asyncio.sleep(Duration.ofMillis(1));
            assertThat(events).isEmpty();
            assertThat(AsyncGenerator.allOf(loop.core())).hasSize(1);
        });
    }

    @Test
    void D06_nor_does_it_on_another_thread() throws InterruptedException {
        loop.runUntilComplete(() -> {
            leave(() -> events.add(Thread.currentThread().getName()));
        });
        Thread.ofPlatform().start(GeneratorShutdownTests::collectGarbage).join();
        assertThat(events).isEmpty();
        loop.runUntilComplete(loop.shutdownAsyncGenerators());
        assertThat(events).containsExactly("async generator");
    }

    /** Returns when something of the same age was collected. */
    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        eventually("garbage is collected", () -> {
            System.gc();
            return garbage.get() == null;
        });
    }

    @Test
    void D07_leaving_an_iteration_is_silent_and_closes_nothing() {
        loop.runUntilComplete(() -> {
            for (int value : counting(3)) {
                assertThat(value).isEqualTo(1);
                break;
            }
        });
        assertThat(log.messages()).isEmpty();
        assertThat(events).containsExactly("emit 1");
        assertThat(AsyncGenerator.allOf(loop.core())).hasSize(1);
    }

    @Test
    void D08_closing_twice_or_after_the_end_does_nothing() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> left = counting(2);
            left.iterator().next();
            left.close();
            left.close();
            AsyncGenerator<Integer> exhausted = counting(1);
            exhausted.forEach(value -> events.add("got " + value));
            exhausted.close();
            assertThat(events).containsExactly("emit 1", "finally", "emit 1", "got 1", "end", "finally");
        });
    }

    @Test
    void D09_one_that_was_never_iterated_is_not_tracked() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> unstarted = counting(1);
            Iterator<Integer> iterator = counting(1).iterator();
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
            loop.shutdownAsyncGenerators().await();
            assertThat(events).isEmpty();
            assertThat(unstarted.iterator().next()).isEqualTo(iterator.next());
        });
    }

    @Test
    void D10_one_that_starts_after_the_shutdown_is_warned_of_and_works() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> before = counting(1);
            before.iterator().next();
            loop.shutdownAsyncGenerators().await();
            assertThat(log.messages()).isEmpty();

            AsyncGenerator<Integer> after = counting(2);
            Iterator<Integer> values = after.iterator();
            assertThat(values.next()).isEqualTo(1);
            LogRecord warning = log.next();
            assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
            assertThat(warning.getMessage())
                    .matches("asynchronous generator <async generator, not started, created at"
                            + " .*GeneratorShutdownTests.*> was scheduled after loop\\.shutdown_asyncgens\\(\\) call");
            assertThat(values.next()).isEqualTo(2);
            assertThat(log.messages()).isEmpty();
            assertThat(AsyncGenerator.allOf(loop.core())).containsExactly(after);
            loop.shutdownAsyncGenerators().await();
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        });
    }

    @Test
    void D11_one_whose_step_is_under_way_is_logged_and_goes_on() {
        loop.runUntilComplete(() -> {
            LoopFuture<Integer> awaited = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> emitter.emit(awaited.await()));
            Iterator<Integer> iterator = generator.iterator();
            Task<Integer> consumer = loop.createTask(iterator::next);
            Asyncio.sleep(Duration.ZERO);
            loop.shutdownAsyncGenerators().await();
            LogRecord logged = log.next();
            assertThat(logged.getMessage())
                    .startsWith("an error occurred during closing of asynchronous generator <async generator, "
                            + "suspended in await of a future, created at ");
            assertThat(logged.getThrown())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("aclose(): asynchronous generator is already running");
            awaited.complete(1);
            assertThat(consumer.await()).isEqualTo(1);
            assertThat(AsyncGenerator.allOf(loop.core())).containsExactly(generator);
            generator.close();
        });
    }

    @Test
    void D12_one_that_was_closed_or_ended_is_not_tracked_any_more() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> closed = counting(2);
            closed.iterator().next();
            closed.close();
            AsyncGenerator<Integer> ended = counting(1);
            ended.forEach(value -> {});
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
            assertThat(closed).isNotSameAs(ended); // both still referred to
        });
    }

    @Test
    void D12_nor_does_the_loop_keep_it_in_memory() {
        loop.runUntilComplete(() -> {
            WeakReference<AsyncGenerator<Integer>> ended = new WeakReference<>(counting(2));
            ended.get().forEach(value -> {});
            eventually("the generator is collected", () -> {
                System.gc();
                return ended.get() == null;
            });
        });
    }

    @Test
    void D12_nor_does_one_that_ended_keep_its_last_value() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Object> ended = AsyncGenerator.of(emitter -> emitter.emit(new Object()));
            Iterator<Object> iterator = ended.iterator();
            WeakReference<Object> taken = new WeakReference<>(iterator.next());
            assertThat(iterator.hasNext()).isFalse();
            eventually("the value is collected", () -> {
                System.gc();
                return taken.get() == null;
            });
            ended.close(); // still referred to
        });
    }

    @Test
    void D13_a_generator_is_tracked_by_its_own_loop_only() {
        try (EventLoop other = EventLoop.create()) {
            loop.runUntilComplete(() -> {
                leave(() -> events.add("one"));
            });
            other.runUntilComplete(() -> {
                leave(() -> events.add("other"));
            });
            other.runUntilComplete(other.shutdownAsyncGenerators());
            assertThat(events).containsExactly("other");
            assertThat(AsyncGenerator.allOf(loop.core())).hasSize(1);
        }
    }

    @Test
    void D14_one_that_outlives_its_loop_is_never_closed() {
        EventLoop closed = EventLoop.create();
        closed.runUntilComplete(() -> {
            leave(() -> events.add("finally"));
        });
        closed.close();
        collectGarbage();
        assertThat(events).isEmpty();
        assertThat(log.messages()).isEmpty();
        assertThat(AsyncGenerator.allOf(closed.core())).hasSize(1);
    }

    @Test
    void D15_without_generators_it_is_done_at_once() {
        assertThat(loop.shutdownAsyncGenerators()).isCompletedWithValue(null);
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void cancelling_the_shutdown_cancels_what_closes() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> awaited = loop.createFuture();
            leave(awaited::await);
            LoopFuture<?> shutdown = loop.shutdownAsyncGenerators();
            for (int turn = 0; turn < 5; turn++) {
                Asyncio.sleep(Duration.ZERO);
            }
            shutdown.cancel("enough");
            assertThat(catchThrowable(shutdown::await)).isInstanceOf(CancelledException.class);
            assertThat(awaited).isCancelled();
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        });
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void a_second_shutdown_leaves_to_the_first_what_that_closes() {
        loop.runUntilComplete(() -> {
            leave(() -> Asyncio.sleep(Duration.ofMillis(1)));
            LoopFuture<?> first = loop.shutdownAsyncGenerators();
            assertThat(loop.shutdownAsyncGenerators()).isDone();
            first.await();
        });
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void one_that_ends_before_its_turn_to_be_closed_is_no_error() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = leave(() -> events.add("finally"));
            LoopFuture<?> shutdown = loop.shutdownAsyncGenerators();
            generator.close();
            shutdown.await();
            assertThat(events).containsExactly("finally");
        });
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void a_closed_loop_and_a_foreign_thread_are_refused() throws InterruptedException {
        EventLoop closed = EventLoop.create();
        closed.close();
        assertThatIllegalStateException()
                .isThrownBy(closed::shutdownAsyncGenerators)
                .withMessage("Event loop is closed");
        CompletableFuture<Throwable> foreign = new CompletableFuture<>();
        loop.runUntilComplete(() -> {
            Thread.ofPlatform().start(() -> foreign.complete(catchThrowable(loop::shutdownAsyncGenerators)));
            loop.wrap(foreign).await();
        });
        assertThat(foreign.join()).hasMessageStartingWith("Non-thread-safe operation invoked on an event loop");
    }
}
