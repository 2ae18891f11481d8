package dev.asyncloop.samples.checkout;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Pays orders at a bank, each once however often it is asked to. */
final class Checkout {

    /** Takes money and answers later. */
    @FunctionalInterface
    interface Bank {
        CompletableFuture<Receipt> charge(Order order);
    }

    record Order(String article, int cents) {}

    record Receipt(int number) {}

    private final Bank bank;
    private final Map<Order, CompletableFuture<Receipt>> receipts = new ConcurrentHashMap<>();

    Checkout(Bank bank) {
        this.bank = bank;
    }

    /** Returns when the bank has answered. */
    Receipt pay(Order order) {
        return receipts.computeIfAbsent(order, bank::charge).join();
    }
}
