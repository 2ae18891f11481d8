package dev.asyncloop.leak.holders;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A response that nobody reads is the test's that asked for it, though the client is the class's, and keeps its socket. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ResponsesOfTheClassTests {

    /** More than the buffers between a server and a client hold. */
    private static final int BLOCKS = 3_000;

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    static class Responses {
        static HttpServer server;
        static ExecutorService pool;
        static HttpClient client;
        static Object kept;

        @BeforeAll
        static void up() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            pool = Executors.newCachedThreadPool();
            server.setExecutor(pool);
            server.createContext("/", Responses::answer);
            server.start();
            client = HttpClient.newHttpClient();
        }

        private static void answer(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < BLOCKS; i++) {
                    body.write(new byte[4_096]);
                }
            }
        }

        private static URI uri() {
            return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        }

        @Test
        void reads_nothing_by_the_client() throws Exception {
            kept = client.send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofInputStream());
        }

        @Test
        void reads_nothing_of_a_connection() throws Exception {
            HttpURLConnection connection = (HttpURLConnection) uri().toURL().openConnection();
            assertThat(connection.getResponseCode()).isEqualTo(200);
            kept = connection;
            HOOKS.add(connection::disconnect);
        }

        @Test
        void closes_its_stream() throws Exception {
            HttpRequest request = HttpRequest.newBuilder(uri()).build();
            try (InputStream body =
                    client.send(request, BodyHandlers.ofInputStream()).body()) {
                assertThat(body.read()).isZero();
            }
        }

        @AfterAll
        static void down() {
            client.shutdownNow();
            server.stop(0);
            pool.shutdownNow();
        }
    }

    @Test
    void its_test_is_blamed() {
        assertThat(Blame.of(Responses.class))
                .containsOnlyKeys("reads_nothing_by_the_client", "reads_nothing_of_a_connection")
                .allSatisfy((test, entries) -> assertThat(entries)
                        .singleElement()
                        .asString()
                        .startsWith("file-descriptor: ")
                        .endsWith("of a response that is neither read to its end nor closed"));
    }
}
