package dev.asyncloop.samples.leaks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** Orders parcels from a carrier. */
final class Shipping implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();

    HttpRequest parcel(String article) {
        return HttpRequest.newBuilder(URI.create("http://carrier.example/parcels/" + article))
                .build();
    }

    @Override
    public void close() {
        http.close();
    }
}
