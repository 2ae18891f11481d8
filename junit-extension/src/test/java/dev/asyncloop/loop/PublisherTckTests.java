package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;

/** What a generator subscribes to publishers with, against the Technology Compatibility Kit of Reactive Streams. */
@Timeout(120)
class PublisherTckTests {

    @Test
    void it_passes_the_black_box_verification() {
        assertPassed(run(BlackBox.class), 11, 15);
    }

    @Test
    void it_passes_the_white_box_verification() {
        assertPassed(run(WhiteBox.class), 14, 13);
    }

    /** The verification skips the rules of which its authors say that they can't be tested. */
    private static void assertPassed(TestListenerAdapter results, int required, int untested) {
        assertThat(results.getFailedTests())
                .extracting(ITestResult::getName, ITestResult::getThrowable)
                .isEmpty();
        assertThat(results.getConfigurationFailures()).isEmpty();
        assertThat(names(results.getPassedTests())).hasSize(required).allMatch(name -> name.startsWith("required_"));
        assertThat(names(results.getSkippedTests())).hasSize(untested).allMatch(name -> name.startsWith("untested_"));
    }

    private static TestListenerAdapter run(Class<?> verification) {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG runner = new TestNG(false);
        runner.setVerbose(0);
        runner.setUseDefaultListeners(false);
        runner.addListener(results);
        runner.setTestClasses(new Class<?>[] {verification});
        runner.run();
        return results;
    }

    private static List<String> names(List<ITestResult> results) {
        return results.stream().map(ITestResult::getName).sorted().toList();
    }

    /** The subscriber as it is; the consumer behind it takes every item. */
    public static final class BlackBox extends FlowSubscriberBlackboxVerification<Integer> {

        private final LoopThread thread = new LoopThread();

        public BlackBox() {
            super(new TestEnvironment(500, 50));
        }

        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            return new MeteredConsumer<Integer>(thread.loop(), Long.MAX_VALUE).subscriber();
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }

        @AfterClass
        public void closeLoop() {
            thread.close();
        }
    }

    /** The subscriber with a probe on it; the consumer behind it takes as many items as the verification says. */
    public static final class WhiteBox extends FlowSubscriberWhiteboxVerification<Integer> {

        private final LoopThread thread = new LoopThread();

        public WhiteBox() {
            super(new TestEnvironment(500, 50));
        }

        @Override
        protected Flow.Subscriber<Integer> createFlowSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
            return new Probed(new MeteredConsumer<>(thread.loop(), 0), probe);
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }

        @AfterClass
        public void closeLoop() {
            thread.close();
        }
    }

    /** Tells the verification's probe what the subscriber has received. */
    private static final class Probed implements Flow.Subscriber<Integer>, SubscriberPuppet {

        private final MeteredConsumer<Integer> consumer;
        private final Flow.Subscriber<Integer> subscriber;
        private final WhiteboxSubscriberProbe<Integer> probe;
        private final AtomicBoolean subscribed = new AtomicBoolean();

        Probed(MeteredConsumer<Integer> consumer, WhiteboxSubscriberProbe<Integer> probe) {
            this.consumer = consumer;
            this.subscriber = consumer.subscriber();
            this.probe = probe;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
            if (subscribed.compareAndSet(false, true)) {
                probe.registerOnSubscribe(this);
            }
        }

        @Override
        public void onNext(Integer item) {
            subscriber.onNext(item);
            probe.registerOnNext(item);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
            probe.registerOnError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
            probe.registerOnComplete();
        }

        @Override
        public void triggerRequest(long count) {
            consumer.allow(count);
        }

        @Override
        public void signalCancel() {
            consumer.cancel();
        }
    }
}
