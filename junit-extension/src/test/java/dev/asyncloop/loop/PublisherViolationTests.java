package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishers that break the rules of Reactive Streams: one clear error for the consumer, and the loop runs on. */
@Timeout(60)
class PublisherViolationTests {

    private static final String NAME = Publisher.class.getName();

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    @AutoClose
    private final LogCapture log = LogCapture.start();

    /** Named, for its name is in the messages. */
    private static class Publisher extends ManualPublisher<String> {}

    /** What the first step fails with; whatever happens, nothing is left open. */
    private Throwable failureOfFirstStep(Publisher publisher) {
        return loop.runUntilComplete(() -> {
            Throwable failure = catchThrowable(AsyncGenerator.from(publisher).iterator()::next);
            assertThat(AsyncGenerator.allOf(loop.core())).isEmpty();
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
            return failure;
        });
    }

    @Test
    void more_items_than_requested_are_an_error_after_those_that_were() {
        Publisher publisher = new Publisher() {
            @Override
            public void request(long count) {
                super.request(count);
                for (int i = 1; i <= 1_000; i++) {
                    subscriber.onNext("item " + i);
                }
                subscriber.onComplete();
            }
        };
        String name = publisher.getClass().getName();
        loop.runUntilComplete(() -> {
            Iterator<String> iterator = AsyncGenerator.from(publisher, 2).iterator();
            assertThat(iterator.next()).isEqualTo("item 1");
            assertThat(iterator.next()).isEqualTo("item 2");
            assertThat(catchThrowable(iterator::hasNext))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(name + " emitted more items than were requested from it");
            assertThat(iterator.hasNext()).isFalse();
            assertThat(publisher.calls).containsExactly("subscribe", "request 2");
        });
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void and_the_subscription_is_cancelled_where_the_publisher_did_not_end_it() {
        Publisher publisher = new Publisher() {
            @Override
            public void request(long count) {
                super.request(count);
                subscriber.onNext("one");
                subscriber.onNext("two");
            }
        };
        loop.runUntilComplete(() -> {
            Iterator<String> iterator = AsyncGenerator.from(publisher).iterator();
            assertThat(iterator.next()).isEqualTo("one");
            assertThat(catchThrowable(iterator::hasNext)).hasMessageContaining("emitted more items");
            assertThat(publisher.calls).containsExactly("subscribe", "request 1", "cancel");
        });
    }

    @Test
    void an_item_before_the_subscription_is_an_error() {
        Publisher publisher = new Publisher() {
            @Override
            public void subscribe(Flow.Subscriber<? super String> subscriber) {
                subscriber.onNext("early");
            }
        };
        assertThat(failureOfFirstStep(publisher))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(publisher.getClass().getName() + " called onNext before onSubscribe");
    }

    @Test
    void an_end_without_a_subscription_is_an_end() {
        Publisher publisher = new Publisher() {
            @Override
            public void subscribe(Flow.Subscriber<? super String> subscriber) {
                subscriber.onComplete();
            }
        };
        loop.runUntilComplete(() -> {
            assertThat(AsyncGenerator.from(publisher)).isEmpty();
        });
    }

    @Test
    void null_is_an_error_for_both_sides() {
        Publisher item = new Publisher() {
            @Override
            public void request(long count) {
                super.request(count);
                assertThatNullPointerException()
                        .isThrownBy(() -> subscriber.onNext(null))
                        .withMessage("onNext(null)");
            }
        };
        assertThat(failureOfFirstStep(item))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(item.getClass().getName() + " called onNext(null)");
        assertThat(item.calls).containsExactly("subscribe", "request 1", "cancel");

        Publisher failure = new Publisher() {
            @Override
            public void request(long count) {
                assertThatNullPointerException()
                        .isThrownBy(() -> subscriber.onError(null))
                        .withMessage("onError(null)");
            }
        };
        assertThat(failureOfFirstStep(failure)).hasMessage(failure.getClass().getName() + " called onError(null)");

        Publisher subscription = new Publisher() {
            @Override
            public void subscribe(Flow.Subscriber<? super String> subscriber) {
                assertThatNullPointerException()
                        .isThrownBy(() -> subscriber.onSubscribe(null))
                        .withMessage("onSubscribe(null)");
            }
        };
        assertThat(failureOfFirstStep(subscription))
                .hasMessage(subscription.getClass().getName() + " called onSubscribe(null)");
    }

    @Test
    void what_subscribe_throws_comes_out_itself() {
        IllegalArgumentException thrown = new IllegalArgumentException("no subscribers, please");
        Publisher publisher = new Publisher() {
            @Override
            public void subscribe(Flow.Subscriber<? super String> subscriber) {
                super.subscribe(subscriber);
                throw thrown;
            }
        };
        assertThat(failureOfFirstStep(publisher)).isSameAs(thrown);
        assertThat(publisher.calls).containsExactly("subscribe", "cancel");
    }

    @Test
    void what_request_throws_comes_out_itself_and_what_cancel_throws_with_it() {
        IllegalArgumentException thrown = new IllegalArgumentException("no requests, please");
        IllegalArgumentException thrownByCancel = new IllegalArgumentException("nor this");
        Publisher publisher = new Publisher() {
            @Override
            public void request(long count) {
                throw thrown;
            }

            @Override
            public void cancel() {
                throw thrownByCancel;
            }
        };
        assertThat(failureOfFirstStep(publisher)).isSameAs(thrown).hasSuppressedException(thrownByCancel);
    }

    @Test
    void a_second_subscription_is_cancelled_and_the_first_goes_on() {
        ManualPublisher<String> second = new ManualPublisher<>();
        Publisher publisher = new Publisher() {
            @Override
            public void request(long count) {
                subscriber.onSubscribe(second);
                subscriber.onNext("a");
                subscriber.onComplete();
            }
        };
        loop.runUntilComplete(() -> {
            assertThat(AsyncGenerator.from(publisher)).containsExactly("a");
        });
        assertThat(second.calls).containsExactly("cancel");
    }

    @Test
    void signals_after_the_end_change_nothing_and_are_warned_of_once() {
        IOException late = new IOException("late");
        Publisher publisher = new Publisher();
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(() -> {
                publisher.subscriber.onComplete();
                publisher.subscriber.onError(late);
                publisher.subscriber.onNext("late");
            })));
            assertThat(AsyncGenerator.from(publisher)).isEmpty();
            publisher.subscriber.onComplete();
        });
        LogRecord warning = log.next();
        assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
        assertThat(warning.getMessage()).isEqualTo(NAME + " called onError after its end, which nobody sees");
        assertThat(warning.getThrown()).isSameAs(late);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void so_is_an_item_after_the_iteration() {
        Publisher publisher = new Publisher();
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> loop.callSoon(() -> loop.callSoon(() -> publisher.subscriber.onComplete())));
            assertThat(AsyncGenerator.from(publisher)).isEmpty();
            publisher.subscriber.onNext("late");
        });
        assertThat(log.messages()).containsExactly(NAME + " called onNext after its end, which nobody sees");
    }
}
