package dev.asyncloop.samples.leaks;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Knows how many apples there are, and asks again every five minutes. */
final class Inventory {

    private final CountDownLatch polled = new CountDownLatch(1);
    private int apples;
    private Task<?> polling;

    // tag::inventory[]
    void start() {
        polling = EventLoop.running().createTask("poll-inventory", this::poll);
    }

    private void poll() {
        while (true) {
            apples = 3; // a real one would ask the warehouse
            polled.countDown();
            Asyncio.sleep(Duration.ofMinutes(5));
        }
    }
    // end::inventory[]

    int apples() throws InterruptedException {
        polled.await();
        return apples;
    }

    void stop() {
        polling.cancel("the inventory was stopped");
    }
}
