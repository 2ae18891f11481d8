package dev.asyncloop.leak.holders;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What another static keeps is there for all tests, though one of them was the first to need it. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HeldForTheRunTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen(); // it would be one more holder of what it is to close

    /** Made when it is first needed; its pool has a blocking connection for each port. */
    static class Client {
        private static Client shared;

        private final Map<Integer, Socket> pool = new HashMap<>();

        static synchronized Client shared() {
            if (shared == null) {
                shared = new Client();
            }
            return shared;
        }

        int ask(int port) throws IOException {
            Socket socket = pool.get(port);
            if (socket == null) {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                pool.put(port, socket);
            }
            return socket.getInputStream().read();
        }
    }

    static class AsksServersOfItsOwn {
        @RepeatedTest(3)
        void asks() throws Exception {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread answering = Thread.ofPlatform().start(() -> answer(server));
                assertThat(Client.shared().ask(server.getLocalPort())).isEqualTo(7);
                answering.join();
            }
        }

        private static void answer(ServerSocket server) {
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(7);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Test
    void the_pool_of_a_client_that_all_share_is_no_leak() throws IOException {
        assertThat(Blame.of(AsksServersOfItsOwn.class)).isEmpty();
        for (Socket socket : Client.shared().pool.values()) {
            socket.close();
        }
    }

    static class Library {
        static ExecutorService pool = Executors.newCachedThreadPool();

        static void use(ExecutorService other) {
            pool.shutdownNow();
            pool = other;
        }

        static void reset() {
            use(Executors.newCachedThreadPool());
        }
    }

    static class PutsItBack {
        @BeforeAll
        static void use_its_own() {
            Library.use(Executors.newFixedThreadPool(1));
        }

        @AfterAll
        static void put_back() {
            Library.reset();
        }

        @Test
        void works() throws Exception {
            assertThat(Library.pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    void a_default_executor_that_the_class_puts_back_is_no_leak() {
        assertThat(Blame.of(PutsItBack.class)).isEmpty();
        Library.pool.shutdownNow();
    }

    static class StaticClient {
        static final HttpClient CLIENT = HttpClient.newHttpClient();
        static final HttpServer SERVER = serve();

        /** It closes each connection, as Tomcat does after a failure. */
        private static HttpServer serve() {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", exchange -> {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(500, 2);
                    exchange.getResponseBody().write("no".getBytes());
                    exchange.close();
                });
                server.start();
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @RepeatedTest(3)
        void gets() throws Exception {
            URI uri = URI.create("http://localhost:" + SERVER.getAddress().getPort() + "/");
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("no");
        }
    }

    @Test
    void connections_that_a_shared_server_closes_are_no_leak() {
        assertThat(Blame.of(StaticClient.class)).isEmpty();
        StaticClient.SERVER.stop(0);
    }
}
