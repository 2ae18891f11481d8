package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wrong uses of generators: each is an error of its own, and changes nothing. */
@Timeout(60)
class GeneratorMisuseTests extends GeneratorTestBase {

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
        String refusal = "emit() belongs in the generator's own body, and in its own task";
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
    void a_body_can_neither_ask_nor_close_itself() {
        loop.runUntilComplete(() -> {
            List<AsyncGenerator<Integer>> self = new ArrayList<>();
            List<Iterator<Integer>> values = new ArrayList<>();
            self.add(AsyncGenerator.of(emitter -> {
                assertThatIllegalStateException()
                        .isThrownBy(values.get(0)::next)
                        .withMessage("anext(): asynchronous generator is already running");
                assertThatIllegalStateException()
                        .isThrownBy(self.get(0)::close)
                        .withMessage("aclose(): asynchronous generator is already running");
                emitter.emit(1);
            }));
            values.add(self.get(0).iterator());
            assertThat(values.get(0).next()).isEqualTo(1);
            self.get(0).close();
        });
    }

    @Test
    void a_task_of_another_loop_can_neither_step_nor_close_it_and_changes_nothing_by_trying() {
        String refusal = "the async generator belongs to a different loop than the one that runs here";
        AsyncGenerator<Integer> generator = loop.runUntilComplete(() -> counting(2));
        Iterator<Integer> iterator = generator.iterator();
        try (EventLoop other = EventLoop.create()) {
            other.runUntilComplete(() -> {
                assertThatIllegalStateException().isThrownBy(iterator::next).withMessage(refusal);
            });
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
            loop.runUntilComplete(() -> {
                assertThat(iterator.next()).isEqualTo(1);
            });
            other.runUntilComplete(() -> {
                assertThatIllegalStateException().isThrownBy(iterator::next).withMessage(refusal);
                assertThatIllegalStateException().isThrownBy(generator::close).withMessage(refusal);
            });
        }
        loop.runUntilComplete(() -> {
            assertThat(iterator.next()).isEqualTo(2);
            assertThat(iterator.hasNext()).isFalse();
            assertNothingRegistered();
        });
    }
}
