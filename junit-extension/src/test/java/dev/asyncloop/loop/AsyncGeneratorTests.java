package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Generators: who runs when, what comes out, and what a snapshot shows of one. */
@Timeout(60)
class AsyncGeneratorTests extends GeneratorTestBase {

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
                emitter.emit(loop.createTask(() -> "awaited").await());
            });
            assertThat(generator).containsExactly("slept", "awaited");
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
                assertThat(AsyncGenerator.allOf(loop.core())).hasSize(2);
            }
            assertThat(events).containsExactly("emit 1", "emit 2", "finally", "outer finally");
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
            assertThat(left.state()).hasToString("suspended in emit");
            assertThat(Lines.first(left.created())).isEqualTo("AsyncGeneratorTests:" + created.join());
            assertThat(Lines.first(left.waiting())).isEqualTo("AsyncGeneratorTests:" + (created.join() + 1));
            assertThat(left.toString()).matches("""
                async generator \\(suspended in emit\\)
                       created  .*AsyncGeneratorTests.*
                       waiting  .*AsyncGeneratorTests.*
                """.stripTrailing());
        });
        loop.runUntilComplete(() -> AsyncGenerator.allOf(loop.core()).get(0).close());
        assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
    }

    @Test
    void several_tasks_may_take_turns() {
        loop.runUntilComplete(() -> {
            Iterator<Integer> iterator = counting(3).iterator();
            for (int i = 1; i <= 3; i++) {
                assertThat(loop.createTask(iterator::next).await()).isEqualTo(i);
            }
            assertThat(loop.createTask(iterator::hasNext).await()).isFalse();
        });
    }

    @Test
    void the_body_is_a_task_of_its_own_that_is_not_listed() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Task<?>> generator = AsyncGenerator.of(emitter -> emitter.emit(Asyncio.currentTask()));
            Task<?> body = generator.iterator().next();
            assertThat(body).isNotSameAs(Asyncio.currentTask());
            assertThat(body.name()).isEqualTo("async generator");
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
            generator.close();
        });
    }

    @Test
    void it_says_what_it_does_and_where_it_was_made() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = counting(1);
            String made = ", created at .*AsyncGeneratorTests\\.lambda\\$it_says_what_it_does_.*>";
            assertThat(generator.toString()).matches("<async generator, not started" + made);
            Iterator<Integer> iterator = generator.iterator();
            iterator.next();
            assertThat(generator.toString()).matches("<async generator, suspended in emit" + made);
            assertThat(iterator.hasNext()).isFalse();
            assertThat(generator.toString()).matches("<async generator, finished" + made);
        });
    }
}
