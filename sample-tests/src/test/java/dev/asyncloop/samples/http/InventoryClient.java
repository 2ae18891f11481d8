package dev.asyncloop.samples.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Asks an {@link InventoryServer}, in both ways that {@link HttpClient} has. */
public final class InventoryClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Function<String, URI> stock;
    private final Duration patience;

    /** Gives up on an answer when it takes longer than {@code patience}. */
    public InventoryClient(Function<String, URI> stock, Duration patience) {
        this.stock = stock;
        this.patience = patience;
    }

    /** How many of {@code article} there are; blocks. */
    public int count(String article) throws IOException, InterruptedException {
        return number(http.send(request(article), BodyHandlers.ofString()));
    }

    /** The same without blocking. */
    public CompletableFuture<Integer> countAsync(String article) {
        return http.sendAsync(request(article), BodyHandlers.ofString()).thenApply(InventoryClient::number);
    }

    private HttpRequest request(String article) {
        return HttpRequest.newBuilder(stock.apply(article)).timeout(patience).build();
    }

    private static int number(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> Integer.parseInt(response.body());
            case 404 -> throw new NoSuchElementException(response.body());
            default -> throw new IllegalStateException(response.statusCode() + ": " + response.body());
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
