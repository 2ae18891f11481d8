package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Generators: who runs when, how they end, and which of them count as unfinished. */
@Timeout(60)
class AsyncGeneratorTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    /** Emits 1 to {@code count} and notes what it does. */
    private AsyncGenerator<Integer> counting(int count) {
        return AsyncGenerator.of(emitter -> {
            try {
                for (int i = 1; i <= count; i++) {
                    events.add("emit " + i);
                    emitter.emit(i);
                }
                events.add("end");
            } finally {
                events.add("finally");
            }
        });
    }

    private void assertNothingRegistered() {
        assertThat(loop.allGenerators()).isEmpty();
        assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
    }

    @Test
    void its_values_are_iterated_over() {
        loop.runUntilComplete(() -> {
            for (int value : counting(2)) {
                events.add("got " + value);
            }
            assertThat(events).containsExactly("emit 1", "got 1", "emit 2", "got 2", "end", "finally");
            assertNothingRegistered();
        });
    }

    @Test
    void a_generator_of_nothing_has_no_values() {
        loop.runUntilComplete(() -> {
            Iterator<Integer> iterator = counting(0).iterator();
            assertThat(iterator.hasNext()).isFalse();
            assertThat(iterator.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        });
    }

    @Test
    void the_body_never_runs_ahead_of_its_consumer() {
        loop.runUntilComplete(() -> {
            try (AsyncGenerator<Integer> generator = counting(3)) {
                Iterator<Integer> iterator = generator.iterator();
                Asyncio.sleep(Duration.ofMillis(1));
                assertThat(events).isEmpty();
                assertThat(iterator.hasNext()).isTrue();
                assertThat(iterator.hasNext()).isTrue();
                Asyncio.sleep(Duration.ofMillis(1));
                assertThat(events).containsExactly("emit 1");
                assertThat(iterator.next()).isEqualTo(1);
                Asyncio.sleep(Duration.ofMillis(1));
                assertThat(events).containsExactly("emit 1");
                assertThat(iterator.next()).isEqualTo(2); // without hasNext
            }
            assertThat(events).containsExactly("emit 1", "emit 2", "finally");
        });
    }

    @Test
    void a_body_may_wait() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<String> generator = AsyncGenerator.of(emitter -> {
                Asyncio.sleep(Duration.ofMillis(1));
                emitter.emit("slept");
                Thread.sleep(1);
                emitter.emit(loop.createTask(() -> "awaited").await());
            });
            assertThat(generator).containsExactly("slept", "awaited");
        });
    }

    @Test
    void leaving_early_and_closing_runs_the_finally_of_the_body() {
        loop.runUntilComplete(() -> {
            try (AsyncGenerator<Integer> generator = counting(3)) {
                for (int value : generator) {
                    if (value == 2) {
                        break;
                    }
                }
                assertThat(loop.allGenerators()).containsExactly(generator);
            }
            assertThat(events).containsExactly("emit 1", "emit 2", "finally");
            assertNothingRegistered();
        });
    }

    @Test
    void a_finally_may_wait() { // D1
        loop.runUntilComplete(() -> {
            try (AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    Asyncio.sleep(Duration.ofMillis(1));
                    events.add("cleaned up");
                }
            })) {
                generator.iterator().next();
            }
            assertThat(events).containsExactly("cleaned up");
        });
    }

    @Test
    void closing_twice_or_after_the_end_does_nothing() { // D8
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> left = counting(2);
            left.iterator().next();
            left.close();
            left.close();
            AsyncGenerator<Integer> exhausted = counting(1);
            exhausted.forEach(value -> events.add("got " + value));
            exhausted.close();
            assertNothingRegistered();
        });
    }

    @Test
    void after_close_there_are_no_values() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> left = counting(2);
            Iterator<Integer> iterator = left.iterator();
            iterator.next();
            left.close();
            assertThat(iterator.hasNext()).isFalse();
            AsyncGenerator<Integer> unstarted = counting(2);
            unstarted.close();
            assertThat(unstarted.iterator().hasNext()).isFalse();
            assertNothingRegistered();
        });
    }

    @Test
    void an_exception_of_the_body_comes_out_of_the_step_that_it_was_to_make() {
        IOException failure = new IOException("body");
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                emitter.emit(1);
                throw failure;
            });
            Iterator<Integer> iterator = generator.iterator();
            assertThat(iterator.next()).isEqualTo(1);
            assertThat(catchThrowable(iterator::hasNext)).isSameAs(failure);
            assertThat(iterator.hasNext()).isFalse();
            generator.close();
            assertNothingRegistered();
        });
    }

    @Test
    void an_exception_of_the_consumer_closes_it_by_try_with_resources() {
        IllegalStateException failure = new IllegalStateException("consumer");
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(() -> {
                        try (AsyncGenerator<Integer> generator = counting(3)) {
                            generator.forEach(value -> {
                                throw failure;
                            });
                        }
                    }))
                    .isSameAs(failure);
            assertThat(events).containsExactly("emit 1", "finally");
            assertNothingRegistered();
        });
    }

    @Test
    void what_the_finally_throws_comes_out_of_close() {
        IOException failure = new IOException("finally");
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    throwIt(failure);
                }
            });
            generator.iterator().next();
            assertThat(catchThrowable(generator::close)).isSameAs(failure);
            assertNothingRegistered();
        });
    }

    private static void throwIt(IOException failure) throws IOException {
        throw failure;
    }

    @Test
    void cancelling_the_consumer_cancels_the_body_that_it_waits_for() {
        loop.runUntilComplete(() -> {
            LoopFuture<Integer> awaited = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(awaited.await());
                } finally {
                    events.add("finally");
                }
            });
            Task<?> consumer = loop.createTask(() -> generator.iterator().next());
            Asyncio.sleep(Duration.ofMillis(1));
            consumer.cancel("enough");
            assertThat(catchThrowable(consumer::await)).hasMessage("enough");
            assertThat(consumer.isCancelled()).isTrue();
            assertThat(awaited).isCancelled();
            assertThat(events).containsExactly("finally");
            assertNothingRegistered();
        });
    }

    @Test
    @Tag("scheduler")
    void a_body_may_catch_the_cancellation_and_emit_instead() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException cancelled) {
                    emitter.emit(7);
                }
            });
            Task<List<Integer>> consumer = loop.createTask(() -> {
                List<Integer> values = new ArrayList<>();
                generator.forEach(values::add);
                return values;
            });
            Asyncio.sleep(Duration.ofMillis(1));
            consumer.cancel("enough");
            assertThat(consumer.await()).containsExactly(7);
        });
    }

    @Test
    void a_body_that_emits_again_when_it_is_closed_is_an_error() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    emitter.emit(2);
                }
            });
            generator.iterator().next();
            assertThatIllegalStateException()
                    .isThrownBy(generator::close)
                    .withMessage("async generator ignored close(): it emitted again instead of ending");
            assertThat(loop.allGenerators()).containsExactly(generator);
            generator.close(); // now it ends
            assertNothingRegistered();
        });
    }

    @Test
    void it_is_iterated_once() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = counting(1);
            generator.forEach(value -> events.add("got " + value));
            assertThatIllegalStateException()
                    .isThrownBy(generator::iterator)
                    .withMessage("an async generator can be iterated only once; make a new one");
        });
    }

    @Test
    void emitting_outside_of_the_body_is_an_error() {
        String refusal = "emit() belongs in the generator's own body, while a consumer waits for a value";
        loop.runUntilComplete(() -> {
            List<AsyncGenerator.Emitter<Integer>> escaped = new ArrayList<>();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                escaped.add(emitter);
                assertThatIllegalStateException()
                        .isThrownBy(() -> loop.createTask(() -> emitter.emit(0)).await())
                        .withMessage(refusal);
                emitter.emit(1);
            });
            assertThat(generator).containsExactly(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> escaped.get(0).emit(2))
                    .withMessage(refusal);
        });
    }

    @Test
    void null_is_refused_where_it_is_emitted() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> assertThatNullPointerException()
                    .isThrownBy(() -> emitter.emit(null))
                    .withMessage("value"));
            assertThat(generator).isEmpty();
            assertThatNullPointerException()
                    .isThrownBy(() -> AsyncGenerator.of(null))
                    .withMessage("body");
        });
    }

    @Test
    void a_generator_can_iterate_over_another() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> outer = AsyncGenerator.of(emitter -> {
                try (AsyncGenerator<Integer> inner = counting(3)) {
                    for (int value : inner) {
                        emitter.emit(value * 10);
                    }
                } finally {
                    events.add("outer finally");
                }
            });
            try (outer) {
                for (int value : outer) {
                    if (value == 20) {
                        break;
                    }
                }
                assertThat(loop.allGenerators()).hasSize(2);
            }
            assertThat(events).containsExactly("emit 1", "emit 2", "finally", "outer finally");
            assertNothingRegistered();
        });
    }

    @Test
    void two_consumers_at_once_are_an_error() { // D11
        loop.runUntilComplete(() -> {
            LoopFuture<Integer> awaited = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> emitter.emit(awaited.await()));
            Iterator<Integer> iterator = generator.iterator();
            Task<Integer> consumer = loop.createTask(iterator::next);
            Asyncio.sleep(Duration.ZERO);
            assertThatIllegalStateException()
                    .isThrownBy(iterator::next)
                    .withMessage("anext(): asynchronous generator is already running");
            assertThatIllegalStateException()
                    .isThrownBy(generator::close)
                    .withMessage("aclose(): asynchronous generator is already running");
            awaited.complete(1);
            assertThat(consumer.await()).isEqualTo(1);
            generator.close();
            assertNothingRegistered();
        });
    }

    @Test
    void closing_it_while_a_step_is_just_asked_for_is_an_error_too() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = counting(2);
            Iterator<Integer> iterator = generator.iterator();
            iterator.next();
            Task<Integer> consumer = loop.createTask(iterator::next);
            Task<?> closer = loop.createTask(generator::close);
            assertThat(catchThrowable(closer::await)).hasMessageStartingWith("aclose()");
            assertThat(consumer.await()).isEqualTo(2);
            generator.close();
        });
    }

    @Test
    void a_callback_can_neither_step_nor_close_it_and_changes_nothing_by_trying() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = counting(2);
            Iterator<Integer> iterator = generator.iterator();
            LoopFuture<Throwable> step = loop.createFuture();
            loop.callSoon(() -> step.complete(catchThrowable(iterator::next)));
            assertThat(step.await()).hasMessageStartingWith("await() was called outside of a task");
            assertNothingRegistered();

            iterator.next();
            LoopFuture<Throwable> close = loop.createFuture();
            loop.callSoon(() -> close.complete(catchThrowable(generator::close)));
            assertThat(close.await()).hasMessageStartingWith("await() was called outside of a task");
            assertThat(iterator.next()).isEqualTo(2);
            generator.close();
        });
    }

    @Test
    void outside_of_a_loop_there_is_no_generator() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AsyncGenerator.of(emitter -> {}))
                .withMessage("no running event loop");
    }

    @Test
    void one_that_never_started_is_not_registered() { // D9
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> unstarted = counting(1);
            AsyncGenerator<Integer> iterator = counting(1);
            assertThat(iterator.iterator()).isNotNull();
            assertThat(unstarted.owner()).isNull();
            assertNothingRegistered();
        });
    }

    @Test
    void one_that_was_left_is_registered_with_its_lines() {
        LoopFuture<Integer> created = loop.createFuture();
        loop.runUntilComplete(() -> {
            created.complete(Lines.here() + 1);
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                emitter.emit(1);
            });
            generator.iterator().next();
        });
        assertThat(loop.allTasks()).isEmpty();
        assertThat(loop.snapshot().generators()).singleElement().satisfies(left -> {
            assertThat(left.state()).isEqualTo("suspended in emit");
            assertThat(Lines.first(left.created())).isEqualTo("AsyncGeneratorTests:" + created.join());
            assertThat(Lines.first(left.waiting())).isEqualTo("AsyncGeneratorTests:" + (created.join() + 1));
            assertThat(left.toString()).matches("""
                async generator \\(suspended in emit\\)
                       created  .*AsyncGeneratorTests.*
                       waiting  .*AsyncGeneratorTests.*
                """.stripTrailing());
        });
        loop.runUntilComplete(() -> loop.allGenerators().get(0).close());
        assertThat(loop.allGenerators()).isEmpty();
    }
}
