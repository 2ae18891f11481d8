package dev.asyncloop.samples.leaks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The prices of all articles, which a thread keeps up to date for as long as the JVM lives. */
final class PriceList {

    private static final Map<String, Integer> PRICES = new ConcurrentHashMap<>(Map.of("apple", 50));
    private static Thread updater;

    private PriceList() {}

    /** In cents. */
    static int of(String article) {
        startUpdater();
        return PRICES.getOrDefault(article, 0);
    }

    private static synchronized void startUpdater() {
        if (updater == null) {
            updater = Thread.ofPlatform().daemon().name("price-list-1").start(PriceList::update);
        }
    }

    private static void update() {
        try {
            while (true) {
                Thread.sleep(3_600_000);
                PRICES.replaceAll((article, price) -> price + 1);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
