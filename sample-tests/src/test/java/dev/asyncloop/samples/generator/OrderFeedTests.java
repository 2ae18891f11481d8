package dev.asyncloop.samples.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.generators.AsyncGenerator;
import dev.asyncloop.samples.generator.OrderFeed.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A producer and a consumer: the one rests while the other is busy. */
@ExtendWith(AsyncLoopExtension.class)
class OrderFeedTests {

    @TempDir
    private Path directory;

    @Test
    void reads_orders_to_the_end() throws Exception {
        List<Order> orders = new ArrayList<>();
        for (Order order : OrderFeed.read(file("apple,3", "pear,1"))) {
            orders.add(order);
        }
        assertThat(orders).containsExactly(new Order("apple", 3), new Order("pear", 1));
    }

    // tag::generator[]
    @Test
    void a_consumer_may_stop_early() throws Exception {
        int wanted = 0;
        try (AsyncGenerator<Order> orders = OrderFeed.read(file("apple,3", "pear,1", "plum,8"))) {
            for (Order order : orders) {
                wanted += order.count();
                if (wanted >= 4) {
                    break;
                }
            }
        } // ends the producer at its emit, and that closes the file
        assertThat(wanted).isEqualTo(4);
    }
    // end::generator[]

    @Test
    void a_producer_makes_no_more_than_is_asked_for() {
        List<Integer> made = new ArrayList<>();
        try (AsyncGenerator<Integer> numbers = AsyncGenerator.of(emitter -> {
            for (int i = 1; true; i++) {
                made.add(i);
                emitter.emit(i);
            }
        })) {
            Iterator<Integer> consumer = numbers.iterator();
            assertThat(made).isEmpty();

            consumer.next();
            Asyncio.sleep(Duration.ZERO); // the producer could go on now
            consumer.next();
            assertThat(made).containsExactly(1, 2);
        }
    }

    @Test
    void two_workers_share_a_feed(EventLoop loop) throws Exception {
        BlockingQueue<Order> queue = new ArrayBlockingQueue<>(1); // a full queue holds the producer back
        Order end = new Order("none", 0);
        List<Task<Integer>> workers = Stream.of("worker-1", "worker-2")
                .map(name -> loop.createTask(name, () -> sum(queue, end)))
                .toList();

        for (Order order : OrderFeed.read(file("apple,3", "pear,1", "plum,8", "fig,2"))) {
            queue.put(order);
        }
        queue.put(end);
        queue.put(end);
        int total = Asyncio.gather(workers).await().stream().reduce(0, Integer::sum);
        assertThat(total).isEqualTo(14);
    }

    private static int sum(BlockingQueue<Order> queue, Order end) throws InterruptedException {
        int sum = 0;
        for (Order order = queue.take(); !order.equals(end); order = queue.take()) {
            sum += order.count();
        }
        return sum;
    }

    @Test
    void what_the_producer_throws_reaches_the_consumer() throws Exception {
        Iterator<Order> orders = OrderFeed.read(file("apple,3", "pear,some")).iterator();

        assertThat(orders.next()).isEqualTo(new Order("apple", 3));
        assertThatThrownBy(orders::next).isInstanceOf(NumberFormatException.class);
        assertThat(orders).isExhausted();
    }

    private Path file(String... lines) throws Exception {
        return Files.write(directory.resolve("orders.csv"), List.of(lines));
    }
}
