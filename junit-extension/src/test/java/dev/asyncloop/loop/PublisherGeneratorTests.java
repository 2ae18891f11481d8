package dev.asyncloop.loop;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generators over publishers: what is asked of a publisher and when, and how both ends end. */
@Timeout(60)
class PublisherGeneratorTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final ManualPublisher<String> publisher = new ManualPublisher<>();

    /** What is ready runs, and what that makes ready. */
    private static void letRun() {
        for (int turn = 0; turn < 10; turn++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void every_item_of_a_publisher_with_threads_of_its_own_arrives_in_order(int prefetch) {
        List<Integer> expected = IntStream.range(0, 10_000).boxed().toList();
        SubmissionPublisher<Integer> numbers = new SubmissionPublisher<>();
        loop.runUntilComplete(() -> {
            Task<List<Integer>> consumer = loop.createTask(() -> {
                List<Integer> values = new ArrayList<>();
                AsyncGenerator.from(numbers, prefetch).forEach(values::add);
                return values;
            });
            letRun(); // it subscribes
            Thread.ofPlatform().start(() -> {
                expected.forEach(numbers::submit);
                numbers.close();
            });
            assertThat(consumer.await()).isEqualTo(expected);
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        });
    }

    @Test
    void closing_it_cancels_the_subscription_of_a_real_publisher() {
        try (SubmissionPublisher<String> letters = new SubmissionPublisher<>()) {
            loop.runUntilComplete(() -> {
                try (AsyncGenerator<String> generator = AsyncGenerator.from(letters)) {
                    Task<String> first = loop.createTask(generator.iterator()::next);
                    letRun();
                    letters.submit("a");
                    assertThat(first.await()).isEqualTo("a");
                    assertThat(letters.getNumberOfSubscribers()).isEqualTo(1);
                }
            });
            eventually("its threads notice", () -> letters.getNumberOfSubscribers() == 0);
        }
    }

    @Test
    void it_subscribes_at_the_first_step_and_asks_for_one_item_at_a_time() {
        loop.runUntilComplete(() -> {
            Iterator<String> iterator = AsyncGenerator.from(publisher).iterator();
            letRun();
            assertThat(publisher.calls).isEmpty();

            Task<String> first = loop.createTask(iterator::next);
            letRun();
            assertThat(publisher.calls).containsExactly("subscribe", "request 1");
            publisher.subscriber.onNext("a");
            assertThat(first.await()).isEqualTo("a");
            letRun();
            assertThat(publisher.calls).containsExactly("subscribe", "request 1");

            Task<Boolean> second = loop.createTask(iterator::hasNext);
            letRun();
            assertThat(publisher.calls).containsExactly("subscribe", "request 1", "request 1");
            publisher.subscriber.onComplete();
            assertThat(second.await()).isFalse();
            assertThat(publisher.calls).containsExactly("subscribe", "request 1", "request 1");
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        });
    }

    @Test
    void a_prefetch_is_asked_for_ahead_and_filled_up() {
        loop.runUntilComplete(() -> {
            try (AsyncGenerator<String> generator = AsyncGenerator.from(publisher, 3)) {
                Iterator<String> iterator = generator.iterator();
                Task<String> first = loop.createTask(iterator::next);
                letRun();
                assertThat(publisher.calls).containsExactly("subscribe", "request 3");
                List.of("a", "b", "c").forEach(publisher.subscriber::onNext);
                assertThat(first.await()).isEqualTo("a");
                assertThat(iterator.next()).isEqualTo("b");
                assertThat(iterator.next()).isEqualTo("c");
                assertThat(publisher.calls).containsExactly("subscribe", "request 3", "request 1", "request 1");
            }
            assertThat(publisher.calls).endsWith("request 1", "cancel");
        });
    }

    @Test
    void a_publisher_that_signals_inside_the_calls_to_it_is_fine() {
        loop.runUntilComplete(() -> {
            ManualPublisher<String> direct = new ManualPublisher<>() {
                private int emitted;

                @Override
                public void request(long count) {
                    subscriber.onNext("item " + ++emitted);
                    if (emitted == 3) {
                        subscriber.onComplete();
                    }
                }
            };
            assertThat(AsyncGenerator.from(direct)).containsExactly("item 1", "item 2", "item 3");
            assertThat(direct.calls).containsExactly("subscribe");
        });
    }

    @Test
    void a_failure_comes_out_itself_and_after_the_items_before_it() {
        IOException failure = new IOException("publisher");
        loop.runUntilComplete(() -> {
            Iterator<String> iterator = AsyncGenerator.from(publisher, 2).iterator();
            Task<String> first = loop.createTask(iterator::next);
            letRun();
            publisher.subscriber.onNext("a");
            publisher.subscriber.onNext("b");
            publisher.subscriber.onError(failure);
            assertThat(first.await()).isEqualTo("a");
            assertThat(iterator.next()).isEqualTo("b");
            assertThat(catchThrowable(iterator::hasNext)).isSameAs(failure);
            assertThat(iterator.hasNext()).isFalse();
            assertThat(publisher.calls).containsExactly("subscribe", "request 2");
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        });
    }

    @Test
    void leaving_early_and_closing_cancels_the_subscription() {
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(() -> publisher.subscriber.onNext("a"))));
            try (AsyncGenerator<String> generator = AsyncGenerator.from(publisher)) {
                for (String item : generator) {
                    assertThat(item).isEqualTo("a");
                    break;
                }
                assertThat(publisher.calls).containsExactly("subscribe", "request 1");
            }
            assertThat(publisher.calls).containsExactly("subscribe", "request 1", "cancel");
            publisher.subscriber.onNext("did not know yet");
            publisher.subscriber.onError(new IOException("nor this"));
        });
    }

    @Test
    void cancelling_a_waiting_consumer_cancels_the_subscription() {
        loop.runUntilComplete(() -> {
            Task<?> consumer = loop.createTask(
                    () -> AsyncGenerator.from(publisher).iterator().next());
            letRun();
            consumer.cancel("enough");
            assertThat(catchThrowable(consumer::await)).hasMessage("enough");
            assertThat(publisher.calls).containsExactly("subscribe", "request 1", "cancel");
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
        });
    }

    @Test
    void the_shutdown_of_generators_cancels_the_subscription() {
        loop.runUntilComplete(() -> {
            Task<String> first = loop.createTask(
                    () -> AsyncGenerator.from(publisher).iterator().next());
            letRun();
            publisher.subscriber.onNext("a");
            first.await();
            loop.shutdownAsyncGenerators().await();
            assertThat(publisher.calls).containsExactly("subscribe", "request 1", "cancel");
        });
    }

    @Test
    void a_subscription_that_comes_after_the_consumer_went_away_is_cancelled() {
        loop.runUntilComplete(() -> {
            List<Flow.Subscriber<? super String>> waiting = new ArrayList<>();
            Flow.Publisher<String> late = waiting::add;
            Task<?> consumer =
                    loop.createTask(() -> AsyncGenerator.from(late).iterator().next());
            letRun();
            consumer.cancel("enough");
            assertThat(catchThrowable(consumer::await)).hasMessage("enough");
            waiting.get(0).onSubscribe(publisher);
            assertThat(publisher.calls).containsExactly("cancel");
        });
    }

    @Test
    void an_open_subscription_is_a_generator_that_says_what_it_waits_for() {
        loop.runUntilComplete(() -> {
            List<Flow.Subscriber<? super String>> waiting = new ArrayList<>();
            Flow.Publisher<String> late = waiting::add;
            AsyncGenerator<String> generator = AsyncGenerator.from(late);
            Task<?> consumer = loop.createTask(() -> generator.iterator().next());
            letRun();
            String lambda = "dev.asyncloop.loop.PublisherGeneratorTests$$Lambda";
            assertThat(state()).isEqualTo("waiting for onSubscribe of " + lambda);
            waiting.get(0).onSubscribe(publisher);
            letRun();
            assertThat(state()).isEqualTo("subscribed to " + lambda + ", waiting for the next item");
            waiting.get(0).onNext("a");
            consumer.await();
            assertThat(state()).isEqualTo("subscribed to " + lambda + ", suspended in emit");
            generator.close();
            assertThat(generator.toString()).startsWith("<async generator, finished, created at ");
        });
    }

    private String state() {
        return loop.snapshot().generators().get(0).state().toString();
    }

    @Test
    void wrong_arguments_are_refused() {
        loop.runUntilComplete(() -> {
            assertThatNullPointerException()
                    .isThrownBy(() -> AsyncGenerator.from(null))
                    .withMessage("publisher");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AsyncGenerator.from(publisher, 0))
                    .withMessage("prefetch must be 1 or more, and is 0");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> AsyncGenerator.from(publisher))
                .withMessage("no running event loop");
    }
}
