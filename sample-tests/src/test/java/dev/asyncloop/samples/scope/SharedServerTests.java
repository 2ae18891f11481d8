package dev.asyncloop.samples.scope;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.LoopScope;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.samples.http.InventoryClient;
import dev.asyncloop.samples.http.InventoryServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that is started once; what feeds it runs on the same loop as all the tests. */
// tag::scope[]
@LoopScope(CLASS)
class SharedServerTests {

    private record Delivery(String article, CompletableFuture<Integer> arrived) {}

    private static final Map<String, Integer> stock = new ConcurrentHashMap<>();
    private static final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private static InventoryServer server;

    @AutoClose
    private final InventoryClient client = new InventoryClient(server::stock, Duration.ofSeconds(30));

    @BeforeAll
    static void start(EventLoop loop) throws Exception {
        server = new InventoryServer(article -> stock.getOrDefault(article, 0), loop.threadFactory());
        loop.createBackgroundTask("deliveries", SharedServerTests::deliver); // runs while the tests do
    }

    private static void deliver() throws InterruptedException {
        while (true) { // until it is cancelled, after the last test
            Delivery delivery = deliveries.take();
            delivery.arrived().complete(stock.merge(delivery.article(), 1, Integer::sum));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        stock.clear();
    }

    @Test
    void has_no_pears() throws Exception {
        assertThat(client.count("pear")).isZero();
    }

    @Test
    void an_apple_is_delivered() throws Exception {
        Delivery delivery = new Delivery("apple", new CompletableFuture<>());
        deliveries.put(delivery);
        assertThat(Asyncio.await(delivery.arrived())).isEqualTo(1);
        assertThat(client.count("apple")).isEqualTo(1);
    }
}
// end::scope[]
