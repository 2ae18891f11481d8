package dev.asyncloop.loop.generators;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.snapshot.GeneratorState;
import java.util.concurrent.Flow;

/** The body of a generator that subscribes to a publisher, and requests as many items as its consumer takes. */
public final class PublisherBody<T> implements AsyncGenerator.Body<T> {

    private final Flow.Publisher<? extends T> publisher;
    private final int prefetch;
    private final Inlet<T> inlet;

    /** A body for a generator on the loop of {@code core}. */
    public PublisherBody(LoopCore core, Flow.Publisher<? extends T> publisher, int prefetch) {
        this.publisher = publisher;
        this.prefetch = prefetch;
        this.inlet = new Inlet<>(core, nameOf(publisher));
    }

    /** The name of its class. For a lambda, without what the JVM adds to it. */
    private static String nameOf(Flow.Publisher<?> publisher) {
        return publisher.getClass().getName().replaceFirst("/.*", "");
    }

    @Override
    public void run(AsyncGenerator.Emitter<T> emitter) {
        try (inlet) {
            publisher.subscribe(inlet);
            inlet.request(prefetch);
            for (T item = inlet.take(); item != null; item = inlet.take()) {
                emitter.emit(item);
                inlet.request(1);
            }
        }
    }

    /** In words, what the subscription is doing. Any thread. */
    public GeneratorState state(boolean resting) {
        return inlet.state(resting);
    }
}
