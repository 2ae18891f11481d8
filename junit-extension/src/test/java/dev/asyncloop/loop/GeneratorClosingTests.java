package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How generators end early: closed, left, or closed again. */
@Timeout(60)
class GeneratorClosingTests extends GeneratorTestBase {

    @Test
    void leaving_early_and_closing_runs_the_finally_of_the_body() {
        loop.runUntilComplete(() -> {
            try (AsyncGenerator<Integer> generator = counting(3)) {
                for (int value : generator) {
                    if (value == 2) {
                        break;
                    }
                }
                assertThat(AsyncGenerator.allOf(loop.core())).containsExactly(generator);
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
                    .withMessage("async generator ignored GeneratorExit: it emitted again instead of ending");
            assertThat(AsyncGenerator.allOf(loop.core())).containsExactly(generator);
            generator.close(); // now it ends
            assertNothingRegistered();
        });
    }

    @Test
    void a_body_that_emitted_instead_of_ending_has_no_more_values() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    emitter.emit(2);
                    emitter.emit(3);
                }
            });
            Iterator<Integer> iterator = generator.iterator();
            iterator.next();
            assertThat(catchThrowable(generator::close)).isNotNull();
            assertThat(iterator.hasNext()).isFalse();
            generator.close();
            assertNothingRegistered();
        });
    }

    @Test
    void a_body_may_swallow_that_it_is_closed_as_long_as_it_ends() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } catch (Throwable closed) {
                    events.add("swallowed " + closed.getMessage());
                }
            });
            generator.iterator().next();
            generator.close();
            assertThat(events).containsExactly("swallowed the generator was closed");
            assertNothingRegistered();
        });
    }

    @Test
    void a_task_that_did_not_make_it_may_close_it() {
        loop.runUntilComplete(() -> {
            AsyncGenerator<Integer> generator = counting(2);
            generator.iterator().next();
            loop.createTask(generator::close).await();
            assertThat(events).containsExactly("emit 1", "finally");
            assertNothingRegistered();
        });
    }

    @Test
    void while_its_finally_waits_it_can_neither_be_asked_nor_closed_again() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> awaited = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    events.add(awaited.await());
                }
            });
            Iterator<Integer> iterator = generator.iterator();
            iterator.next();
            Task<?> closer = loop.createTask(generator::close);
            Asyncio.sleep(Duration.ZERO);
            assertThatIllegalStateException()
                    .isThrownBy(iterator::hasNext)
                    .withMessage("anext(): asynchronous generator is already running");
            assertThatIllegalStateException()
                    .isThrownBy(generator::close)
                    .withMessage("aclose(): asynchronous generator is already running");
            awaited.complete("cleaned up");
            closer.await();
            assertThat(events).containsExactly("cleaned up");
            assertNothingRegistered();
        });
    }

    @Test
    void cancelling_whoever_closes_it_cancels_the_finally() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> awaited = loop.createFuture();
            AsyncGenerator<Integer> generator = AsyncGenerator.of(emitter -> {
                try {
                    emitter.emit(1);
                } finally {
                    awaited.await();
                }
            });
            generator.iterator().next();
            Task<?> closer = loop.createTask(generator::close);
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            closer.cancel("enough");
            assertThat(catchThrowable(closer::await)).hasMessage("enough");
            assertThat(awaited).isCancelled();
            assertNothingRegistered();
        });
    }

    private static void throwIt(IOException failure) throws IOException {
        throw failure;
    }
}
