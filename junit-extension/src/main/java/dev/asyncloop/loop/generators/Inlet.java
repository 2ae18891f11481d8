package dev.asyncloop.loop.generators;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.loop.snapshot.GeneratorState;
import dev.asyncloop.loop.snapshot.GeneratorState.Stage;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the signals of a publisher into a loop. The publisher's threads leave them here, and the body of a generator
 * takes them.
 *
 * <p>Only the body calls the subscription, so that these calls are serial, as the specification of Reactive Streams
 * demands. If a publisher breaks a rule, the consumer gets an error and the subscription ends.
 */
final class Inlet<T> implements Flow.Subscriber<T>, AutoCloseable {

    /** Takes the place of the subscription once the body is done with it. */
    private static final Flow.Subscription CLOSED = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    /** The last signal that the body takes. */
    private record End(@Nullable Throwable failure) {}

    private final LoopCore core;
    private final String publisher;

    /**
     * Items, and then an {@link End}. Publishers add to it, even for a while after they were cancelled. The body takes
     * from it.
     */
    private final Queue<Object> signals = new ConcurrentLinkedQueue<>();

    /** The subscription; null until there is one. Any thread. */
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

    /** How many items may still come. Any thread. */
    private final AtomicLong demand = new AtomicLong();

    /** Whether there is an {@link End}. Any thread. */
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Whether the publisher has said that it ended. Then it must not be called any more. Any thread. */
    private volatile boolean terminated;

    /** Whether a signal after the end was logged; one is enough. Any thread. */
    private volatile boolean reported;

    /** What the body awaits, or awaited last. Written by the body, completed by publishers. */
    private volatile @Nullable PurposeFuture arrival;

    Inlet(LoopCore core, String publisher) {
        this.core = core;
        this.publisher = publisher;
    }

    /** Asks for {@code count} more items, once there is a subscription. In the body. */
    void request(long count) {
        awaitUntil(() -> subscription.get() != null || ended.get());
        Flow.Subscription current = subscription.get();
        if (current != null && !ended.get()) {
            demand.addAndGet(count);
            current.request(count);
        }
    }

    /** The next item, null after the last; throws what the publisher failed with. In the body. */
    @SuppressWarnings("unchecked") // what is no end is an item
    @Nullable
    T take() {
        awaitUntil(() -> !signals.isEmpty());
        Object signal = Objects.requireNonNull(signals.poll());
        if (!(signal instanceof End end)) {
            return (T) signal;
        }
        if (end.failure != null) {
            throw Sneaky.rethrow(end.failure);
        }
        return null;
    }

    private void awaitUntil(BooleanSupplier arrived) {
        while (!arrived.getAsBoolean()) {
            PurposeFuture next = new PurposeFuture(core, () -> "await of a future", () -> null);
            arrival = next;
            if (!arrived.getAsBoolean()) { // or it came before there was anything to release
                next.await();
            }
        }
    }

    /** Cancels the subscription, if there is one and it has not ended. In the body. */
    @Override
    public void close() {
        Flow.Subscription last = subscription.getAndSet(CLOSED);
        if (last != null && !terminated) {
            last.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        refuseNull(offered, "onSubscribe");
        if (subscription.compareAndSet(null, offered)) {
            wake();
        } else {
            offered.cancel(); // there is one already, or nobody wants it any more
        }
    }

    @Override
    public void onNext(T item) {
        refuseNull(item, "onNext");
        if (ended.get()) {
            reportLate("onNext", null);
        } else if (subscription.get() == null) {
            end(GeneratorMisuse.publisherDidNotSubscribe(publisher));
        } else if (demand.decrementAndGet() < 0) {
            end(GeneratorMisuse.publisherEmittedTooMuch(publisher));
        } else {
            signals.add(item);
            wake();
        }
    }

    @Override
    public void onError(Throwable failure) {
        refuseNull(failure, "onError");
        terminate("onError", failure);
    }

    @Override
    public void onComplete() {
        terminate("onComplete", null);
    }

    private void terminate(String signal, @Nullable Throwable failure) {
        boolean first = end(failure);
        if (!first) {
            reportLate(signal, failure);
        }
        terminated = true;
    }

    /** Ends the signals, unless they have ended; returns whether this was the first end. */
    private boolean end(@Nullable Throwable failure) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            signals.add(new End(failure));
            wake();
        }
        return first;
    }

    private void wake() {
        PurposeFuture waiting = arrival;
        if (waiting != null) {
            waiting.release();
        }
    }

    private void refuseNull(@Nullable Object argument, String signal) {
        if (argument == null) {
            end(GeneratorMisuse.publisherSignalledNull(publisher, signal));
            throw new NullPointerException(signal + "(null)"); // which the specification asks for
        }
    }

    /** Logs a signal that came after the publisher's own end. */
    private void reportLate(String signal, @Nullable Throwable failure) {
        if (terminated && !reported) {
            reported = true;
            Log.log(Level.WARNING, GeneratorMisuse.publisherSignalledAfterItsEnd(publisher, signal), failure);
        }
    }

    /** In words, what the subscription is doing. Any thread. */
    GeneratorState state(boolean resting) {
        Stage stage = subscription.get() == null ? Stage.SUBSCRIBING : resting ? Stage.RESTING : Stage.ACTIVE;
        return new GeneratorState(stage, publisher, null);
    }
}
