package dev.asyncloop.samples.hangs;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Cooks what is ordered. */
final class Kitchen {

    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> dishes = new LinkedBlockingQueue<>();

    void order(String dish) {
        orders.add(dish);
    }

    void cook() throws InterruptedException {
        while (true) {
            dishes.add(orders.take());
        }
    }

    String serve() throws InterruptedException {
        return dishes.take();
    }
}
