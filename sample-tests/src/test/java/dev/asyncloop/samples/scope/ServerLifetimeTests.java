package dev.asyncloop.samples.scope;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopScope;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.samples.http.InventoryClient;
import dev.asyncloop.samples.http.InventoryServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ways in which a server and its client live as long as a test, or as all tests of a class; none of them leaks. */
class ServerLifetimeTests {

    private static InventoryServer serve(EventLoop loop) throws IOException {
        return new InventoryServer(String::length, loop.threadFactory());
    }

    private static InventoryClient connect(InventoryServer server) {
        return new InventoryClient(server::stock, Duration.ofSeconds(30));
    }

    @Nested
    @ExtendWith(AsyncLoopExtension.class)
    class ClosedByJUnit {

        @AutoClose
        private InventoryServer server;

        @AutoClose
        private InventoryClient client;

        @BeforeEach
        void start(EventLoop loop) throws Exception {
            server = serve(loop);
            client = connect(server);
        }

        @Test
        void counts() throws Exception {
            assertThat(client.count("apple")).isEqualTo(5);
        }
    }

    // tag::beside[]
    @Nested
    @ExtendWith(AsyncLoopExtension.class)
    class StartedOnceBesideTheTests {

        private static InventoryServer server;
        private static InventoryClient client;

        @BeforeAll
        static void start(EventLoop loop) throws Exception {
            server = serve(loop);
            client = connect(server);
        }

        @AfterAll
        static void stop() {
            client.close();
            server.close();
        }

        @RepeatedTest(3)
        void counts() throws Exception {
            assertThat(client.count("apple")).isEqualTo(5);
        }
    }
    // end::beside[]

    @Nested
    @LoopScope(CLASS)
    class StartedOnceOnTheLoopOfTheTests {

        private static InventoryServer server;
        private InventoryClient client;

        @BeforeAll
        static void start(EventLoop loop) throws Exception {
            server = serve(loop);
        }

        @BeforeEach
        void connectAnew() {
            client = connect(server);
        }

        @AfterEach
        void disconnect() {
            client.close();
        }

        @AfterAll
        static void stop() {
            server.close();
        }

        @RepeatedTest(3)
        void counts() throws Exception {
            assertThat(client.count("apple")).isEqualTo(5);
        }
    }

    @Nested
    @LoopScope(CLASS)
    class AllSharedByTheClass {

        private static InventoryServer server;
        private static InventoryClient client;

        @BeforeAll
        static void start(EventLoop loop) throws Exception {
            server = serve(loop);
            client = connect(server);
        }

        @AfterAll
        static void stop() {
            client.close();
            server.close();
        }

        @RepeatedTest(3)
        void counts() throws Exception {
            assertThat(client.count("apple")).isEqualTo(5);
        }
    }

    /** A client for the whole program, made when it is first used. */
    private static final class Http {
        static final HttpClient CLIENT = HttpClient.newHttpClient();
    }

    @Nested
    @ExtendWith(AsyncLoopExtension.class)
    class SharedByTheWholeProgram {

        @RepeatedTest(3)
        void counts(EventLoop loop) throws Exception {
            try (InventoryServer server = serve(loop)) {
                HttpRequest request =
                        HttpRequest.newBuilder(server.stock("apple")).build();
                assertThat(Http.CLIENT.send(request, BodyHandlers.ofString()).body())
                        .isEqualTo("5");
            }
        }
    }
}
