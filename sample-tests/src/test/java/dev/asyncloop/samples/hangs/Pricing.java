package dev.asyncloop.samples.hangs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Finds prices, in one thread. */
final class Pricing {

    private final ExecutorService pool = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("pricing").factory());

    // tag::nested[]
    Future<Integer> price(String item) {
        return pool.submit(() -> item.length());
    }

    Future<Integer> total(String item, String other) {
        return pool.submit(() -> sum(item, other));
    }

    private int sum(String item, String other) throws Exception {
        return price(item).get() + price(other).get();
    }
    // end::nested[]

    void end() {
        pool.shutdownNow();
    }
}
