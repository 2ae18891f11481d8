package dev.asyncloop.samples.leaks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Asks many shops for a price at once. */
final class PriceSearch {

    record Shop(CompletableFuture<Integer> price) {

        int ask() throws ExecutionException, InterruptedException {
            return price.get();
        }
    }

    private PriceSearch() {}

    /** The answer that comes first. */
    static int first(List<Shop> shops) throws Exception {
        CompletionService<Integer> answers =
                new ExecutorCompletionService<>(Executors.newVirtualThreadPerTaskExecutor());
        for (Shop shop : shops) {
            answers.submit(shop::ask);
        }
        return answers.take().get();
    }
}
