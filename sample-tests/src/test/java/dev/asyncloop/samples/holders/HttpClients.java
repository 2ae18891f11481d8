package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks by each of the libraries for HTTP, and reads the answer to its end. */
final class HttpClients {

    private HttpClients() {}

    static void get(OkHttpClient client, URI uri) throws IOException {
        try (Response response = client.newCall(
                        new Request.Builder().url(uri.toString()).build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("ok");
        }
    }

    static void get(HttpClient client, URI uri) throws IOException, InterruptedException {
        assertThat(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("ok");
    }

    static void get(org.apache.http.impl.client.CloseableHttpClient client, URI uri) throws IOException {
        String answer = client.execute(
                new org.apache.http.client.methods.HttpGet(uri),
                response -> org.apache.http.util.EntityUtils.toString(response.getEntity()));
        assertThat(answer).isEqualTo("ok");
    }

    static void get(org.apache.hc.client5.http.impl.classic.CloseableHttpClient client, URI uri) throws IOException {
        String answer = client.execute(
                new org.apache.hc.client5.http.classic.methods.HttpGet(uri),
                response -> org.apache.hc.core5.http.io.entity.EntityUtils.toString(response.getEntity()));
        assertThat(answer).isEqualTo("ok");
    }
}
