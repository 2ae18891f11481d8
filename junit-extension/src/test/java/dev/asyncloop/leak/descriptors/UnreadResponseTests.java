package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.jdk.KeptConnections;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.registers.DescriptorOrigins;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who leaves the body of a response unread leaves its stream, and that is what is said; the socket belongs to a client. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UnreadResponseTests {

    private static final String UNREAD = ", of a response that is neither read to its end nor closed";

    private static HttpServer server;
    private static ExecutorService pool;
    private static HttpClient shared;

    private final List<Closeable> left = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
        Leaks.find("nothing", () -> {}); // opens what is opened once
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pool = Executors.newCachedThreadPool();
        server.setExecutor(pool);
        server.createContext("/big", exchange -> answer(exchange, 200, 3_000));
        server.createContext("/404", exchange -> answer(exchange, 404, 1));
        server.start();
        shared = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        shared.shutdownNow();
        server.stop(0);
        pool.shutdownNow();
    }

    @AfterEach
    void close() throws IOException {
        for (Closeable each : left) {
            each.close();
        }
    }

    private static void answer(HttpExchange exchange, int status, int parts) {
        try (OutputStream body = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(status, 0);
            for (int part = 0; part < parts; part++) {
                body.write(new byte[4096]);
            }
        } catch (IOException closed) {
            exchange.close();
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private static HttpURLConnection connection(String path) throws IOException {
        return (HttpURLConnection) uri(path).toURL().openConnection();
    }

    /** What a body leaves at its own end of connections. */
    private static List<Leak> leftBy(ThrowingRunnable body) {
        return Leaks.find("body", body).stream()
                .filter(leak -> !leak.created().isEmpty())
                .toList();
    }

    @Test
    void the_stream_of_a_client_is_named() {
        List<Leak> leaks = leftBy(() -> {
            HttpResponse<InputStream> response = shared.send(request("/big"), BodyHandlers.ofInputStream());
            left.add(response.body());
        });
        assertThat(leaks).singleElement().satisfies(leak -> {
            assertThat(leak.what()).contains("TCP socket 127.0.0.1:").endsWith(UNREAD);
            assertThat(leak.fix()).isEqualTo("read the stream of the response to its end, or close it");
        });
    }

    @Test
    void so_is_that_of_a_connection() {
        assumeThat(KeptConnections.localPorts())
                .as("the JDK was open to us when it was first asked")
                .isPresent();
        List<Leak> leaks = leftBy(() -> {
            HttpURLConnection connection = connection("/404");
            left.add(connection::disconnect);
            connection.getResponseCode();
        });
        assertThat(leaks).singleElement().satisfies(leak -> {
            assertThat(leak.what()).contains("TCP socket 127.0.0.1:").endsWith(UNREAD);
            assertThat(leak.fix())
                    .isEqualTo("close the stream of the response or read it to its end, or disconnect the"
                            + " HttpURLConnection");
        });
    }

    @Test
    void what_was_read_or_closed_is_no_leak() {
        assertThat(leftBy(() -> {
                    shared.send(request("/404"), BodyHandlers.ofString());
                    try (InputStream body = shared.send(request("/big"), BodyHandlers.ofInputStream())
                            .body()) {
                        body.read();
                    }
                    HttpURLConnection disconnected = connection("/404");
                    disconnected.getResponseCode();
                    disconnected.disconnect();
                    HttpURLConnection drained = connection("/404");
                    drained.getResponseCode();
                    try (InputStream errors = drained.getErrorStream()) {
                        errors.readAllBytes();
                    }
                }))
                .isEmpty();
    }

    @Test
    void an_idle_connection_of_a_client_that_was_not_closed_is_none() {
        List<Leak> leaks = leftBy(() -> {
            HttpClient client = HttpClient.newHttpClient();
            left.add(client::close);
            client.send(request("/404"), BodyHandlers.ofString());
        });
        assertThat(leaks).isNotEmpty().allSatisfy(leak -> {
            assertThat(leak.what()).doesNotContain(UNREAD);
            assertThat(leak.fix()).isEqualTo("close the HttpClient, e.g. with try-with-resources");
        });
    }
}
