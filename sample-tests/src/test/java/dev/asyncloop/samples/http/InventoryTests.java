package dev.asyncloop.samples.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.samples.http.InventoryServer.Warehouse;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server and a real client: what blocks suspends its task only, and both are closed in the end. */
@ExtendWith(AsyncLoopExtension.class)
class InventoryTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    // tag::http[]
    @Test
    void a_blocking_call_suspends_only_its_task(EventLoop loop) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Integer> counted = new CompletableFuture<>();
        Warehouse warehouse = article -> {
            asked.countDown();
            return counted.get();
        };

        try (InventoryServer server = serving(warehouse);
                InventoryClient client = new InventoryClient(server::stock, PATIENCE)) {
            Task<Integer> answer = loop.createTask(() -> client.count("apple")); // HttpClient.send

            asked.await(); // the client now waits for the server, and the server for us
            assertThat(answer).isNotDone();
            counted.complete(3);
            assertThat(answer.await()).isEqualTo(3);
        }
    }
    // end::http[]

    @Test
    void a_future_is_awaited() throws Exception {
        try (InventoryServer server = serving(String::length);
                InventoryClient client = new InventoryClient(server::stock, PATIENCE)) {
            CompletableFuture<Integer> apples = client.countAsync("apple"); // HttpClient.sendAsync

            assertThat(Asyncio.await(apples)).isEqualTo(5);
        }
    }

    // tag::fifty[]
    @Test
    void fifty_requests_are_in_flight_at_once(EventLoop loop) throws Exception {
        CyclicBarrier allAreHere = new CyclicBarrier(50); // the server answers none before it was asked all
        Warehouse warehouse = article -> {
            allAreHere.await(30, SECONDS);
            return Integer.parseInt(article);
        };
        Set<String> carriers = new HashSet<>(); // not thread-safe, and needn't be

        try (InventoryServer server = serving(warehouse);
                InventoryClient client = new InventoryClient(server::stock, PATIENCE)) {
            List<Task<Integer>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> loop.createTask(() -> {
                        int count = client.count(String.valueOf(i));
                        carriers.add(carrier());
                        return count;
                    }))
                    .toList();

            assertThat(Asyncio.gather(answers).await())
                    .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        }
        assertThat(carriers).containsExactly(carrier()); // one thread carried them all: the one that runs this test
    }
    // end::fifty[]

    @Test
    void the_server_runs_on_the_loop_as_well(EventLoop loop) throws Exception {
        CyclicBarrier allAreHere = new CyclicBarrier(50);
        List<String> asked = new ArrayList<>(); // shared by fifty handlers without a lock
        Set<String> carriers = new HashSet<>();
        Warehouse warehouse = article -> {
            allAreHere.await(30, SECONDS);
            asked.add(article);
            carriers.add(carrier());
            return asked.size();
        };

        try (InventoryServer server = new InventoryServer(warehouse, loop.threadFactory());
                InventoryClient client = new InventoryClient(server::stock, PATIENCE)) {
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> client.countAsync("article-" + i))
                    .toList();

            assertThat(Asyncio.gather(answers).await())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 50).boxed().toList());
        }
        assertThat(asked).doesNotHaveDuplicates().hasSize(50);
        assertThat(carriers).containsExactly(carrier());
    }

    @Test
    void an_error_answer_is_thrown_as_it_is() throws Exception {
        Warehouse empty = article -> {
            throw new NoSuchElementException();
        };
        try (InventoryServer server = serving(empty);
                InventoryClient client = new InventoryClient(server::stock, PATIENCE)) {
            assertThatThrownBy(() -> client.count("apple"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("no article apple");
            assertThatThrownBy(() -> Asyncio.await(client.countAsync("apple"))) // no CompletionException around it
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("no article apple");
        }
    }

    @Test
    void an_answer_that_does_not_come_is_given_up() throws Exception {
        CountDownLatch clientIsGone = new CountDownLatch(1);
        Warehouse stuck = article -> {
            clientIsGone.await();
            return 0;
        };
        try (InventoryServer server = serving(stuck)) {
            try (InventoryClient client = new InventoryClient(server::stock, Duration.ofMillis(50))) {
                assertThatThrownBy(() -> client.count("apple")).isInstanceOf(HttpTimeoutException.class);
                assertThatThrownBy(() -> Asyncio.await(client.countAsync("pear")))
                        .isInstanceOf(HttpTimeoutException.class);
            } finally {
                clientIsGone.countDown();
            }
        }
    }

    /** With handlers that run beside the loop, as they do in production. */
    private static InventoryServer serving(Warehouse warehouse) throws IOException {
        return new InventoryServer(warehouse, Thread.ofVirtual().factory());
    }

    /** The platform thread that a virtual thread runs on: what its {@code toString} has after the {@code @}. */
    private static String carrier() {
        String thread = Thread.currentThread().toString();
        return thread.substring(thread.lastIndexOf('@') + 1);
    }
}
