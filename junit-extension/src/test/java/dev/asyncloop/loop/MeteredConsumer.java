package dev.asyncloop.loop;

import dev.asyncloop.loop.generators.AsyncGenerator;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Iterates over a generator that subscribed, as far as it is allowed, on a loop that another thread runs. Any thread. */
final class MeteredConsumer<T> {

    private final EventLoop loop;
    private final CompletableFuture<Flow.Subscriber<? super T>> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Task<?>> task = new CompletableFuture<>();

    /** How many items it may take; the first it asks for in any case. Loop thread only, and what waits for more of it. */
    private long allowed;

    private LoopFuture<Void> more;

    MeteredConsumer(EventLoop loop, long allowed) {
        this.loop = loop;
        this.allowed = allowed;
        this.more = loop.createFuture();
        loop.callSoonThreadsafe(() -> task.complete(loop.createTask(this::consume)));
    }

    private void consume() {
        Flow.Publisher<T> publisher = subscribed::complete;
        try (AsyncGenerator<T> generator = AsyncGenerator.from(publisher)) {
            Iterator<T> items = generator.iterator();
            for (long taken = 1; items.hasNext(); taken++) {
                items.next();
                while (taken >= allowed) {
                    more = loop.createFuture();
                    more.await();
                }
            }
        }
    }

    /** What the generator subscribed with. */
    @SuppressWarnings("unchecked") // it takes what it was made for
    Flow.Subscriber<T> subscriber() {
        return (Flow.Subscriber<T>) subscribed.join();
    }

    void allow(long count) {
        loop.callSoonThreadsafe(() -> {
            allowed += count;
            more.complete(null);
        });
    }

    void cancel() {
        task.join().cancel("enough");
    }
}
