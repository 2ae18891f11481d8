package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cancelling its consumer or its body does to a generator. */
@Timeout(60)
class GeneratorCancellationTests extends GeneratorTestBase {

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
    void a_body_may_catch_the_cancellation_and_emit_instead() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    Asyncio.sleep(Duration.ofHours(1));
                } catch (CancelledException cancelled) {
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
    void a_consumer_that_is_cancelled_before_the_body_begins_cancels_the_body_at_its_first_await() {
        loop.runUntilComplete(() -> {
            LoopFuture<Integer> awaited = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                events.add("begins");
                emitter.emit(awaited.await());
            });
            Task<?> consumer = loop.createTask(() -> {
                Asyncio.currentTask().cancel("enough");
                generator.iterator().next();
            });
            assertThat(catchThrowable(consumer::await)).hasMessage("enough");
            assertThat(events).containsExactly("begins");
            assertThat(awaited).isCancelled();
            assertNothingRegistered();
        });
    }

    @Test
    void a_cancelled_body_that_does_not_wait_sees_it_where_it_emits() {
        loop.runUntilComplete(() -> {
            Task<?> consumer = loop.createTask(() -> {
                Asyncio.currentTask().cancel("enough");
                counting(2).iterator().next();
            });
            assertThat(catchThrowable(consumer::await)).hasMessage("enough");
            assertThat(consumer.isCancelled()).isTrue();
            assertThat(events).containsExactly("emit 1", "finally");
            assertNothingRegistered();
        });
    }

    @Test
    void a_body_that_is_cancelled_at_rest_sees_it_when_it_is_asked_to_go_on() {
        loop.runUntilComplete(() -> {
            LoopFuture<Task<?>> body = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                body.complete(Asyncio.currentTask());
                try {
                    emitter.emit(1);
                } catch (CancelledException cancelled) {
                    events.add("cancelled: " + cancelled.getMessage());
                }
                emitter.emit(2);
            });
            Iterator<Integer> iterator = generator.iterator();
            assertThat(iterator.next()).isEqualTo(1);
            assertThat(body.await().cancel("enough")).isTrue();
            Asyncio.sleep(Duration.ofMillis(1));
            assertThat(events).isEmpty();
            assertThat(iterator.next()).isEqualTo(2);
            assertThat(events).containsExactly("cancelled: enough");
            assertThat(iterator.hasNext()).isFalse();
            assertNothingRegistered();
        });
    }

    @Test
    void a_body_that_is_cancelled_at_rest_and_lets_it_go_on_fails_its_consumer() {
        loop.runUntilComplete(() -> {
            LoopFuture<Task<?>> body = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                body.complete(Asyncio.currentTask());
                emitter.emit(1);
            });
            Iterator<Integer> iterator = generator.iterator();
            iterator.next();
            body.await().cancel("enough");
            Asyncio.sleep(Duration.ofMillis(1));
            assertThat(AsyncGenerator.allOf(loop.core())).containsExactly(generator);
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(iterator::hasNext)
                    .withMessage("enough");
            assertNothingRegistered();
        });
    }

    @Test
    void a_body_that_is_cancelled_at_rest_can_be_closed() {
        loop.runUntilComplete(() -> {
            LoopFuture<Task<?>> body = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                body.complete(Asyncio.currentTask());
                try {
                    emitter.emit(1);
                } finally {
                    Asyncio.sleep(Duration.ofMillis(1));
                    events.add("finally");
                }
            });
            generator.iterator().next();
            body.await().cancel("enough");
            Asyncio.sleep(Duration.ofMillis(1));
            generator.close();
            assertThat(events).containsExactly("finally");
            assertNothingRegistered();
        });
    }
}
