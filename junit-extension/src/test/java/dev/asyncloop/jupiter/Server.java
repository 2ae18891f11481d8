package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;

/** Answers on the loop on which it is made, until it is closed there. */
final class Server implements AutoCloseable {

    /** What was made, asked and closed, here and by the tests. */
    static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    final String name;
    private final SynchronousQueue<CompletableFuture<String>> requests = new SynchronousQueue<>();
    private final Task<?> answering = EventLoop.running().createTask("answering", this::answer);
    private final Thread thread = Thread.currentThread();

    Server(String name) {
        this.name = name;
        note("+" + name);
    }

    static void note(String event) {
        EVENTS.add(event);
    }

    private void answer() throws InterruptedException {
        while (true) {
            requests.take().complete(name);
        }
    }

    String ask() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        requests.put(answer);
        return answer.get();
    }

    @Override
    public void close() {
        assertThat(Thread.currentThread()).isSameAs(thread);
        answering.cancel("closed");
        Asyncio.awaitDone(List.of(answering));
        note("-" + name);
    }
}
