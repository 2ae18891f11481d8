package dev.asyncloop.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** A publisher whose signals a test makes itself, and which notes what is asked of it. One subscriber. */
class ManualPublisher<T> implements Flow.Publisher<T>, Flow.Subscription {

    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile Flow.Subscriber<? super T> subscriber;

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        calls.add("subscribe");
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long count) {
        calls.add("request " + count);
    }

    @Override
    public void cancel() {
        calls.add("cancel");
    }
}
