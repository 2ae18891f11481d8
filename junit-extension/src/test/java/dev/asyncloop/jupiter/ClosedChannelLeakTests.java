package dev.asyncloop.jupiter;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.jdk.SelectableChannels;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers and clients that close their channels, and whose selectors let go of them later. */
@EnabledOnOs(OS.LINUX)
class ClosedChannelLeakTests {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static String at(String method, String marker) throws IOException {
        return Line.of(ClosedChannelLeakTests.class, method, marker);
    }

    /** A server as Tomcat's: one thread selects for long, another one closes the connections. */
    static final class SlowlySelecting implements AutoCloseable {

        final ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
        private final Selector selector = Selector.open();
        private final AtomicInteger selects = new AtomicInteger();

        SlowlySelecting() throws IOException {
            start(() -> {
                while (selector.isOpen()) {
                    selects.getAndIncrement();
                    selector.select(30_000);
                }
            });
            start(() -> {
                while (server.isOpen()) {
                    SocketChannel accepted = server.accept();
                    accepted.configureBlocking(false);
                    accepted.register(selector, 0); // busy with a request
                    int before = selects.get();
                    selector.wakeup();
                    eventually(
                            "it selects again",
                            () -> selects.get() > before && SelectableChannels.isSelected(accepted));
                    accepted.close(); // "Connection: close"
                }
            });
        }

        private interface Body {
            void run() throws Exception;
        }

        private static void start(Body body) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    body.run();
                } catch (Exception closed) {
                    // the server was closed
                }
            });
        }

        @Override
        public void close() throws IOException {
            server.close();
            selector.close();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfTheJvm {

        static final SlowlySelecting SERVER = start();

        static SlowlySelecting start() {
            try {
                return new SlowlySelecting();
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @RepeatedTest(3)
        void reads_to_the_end() throws IOException {
            try (Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), SERVER.server.socket().getLocalPort())) {
                assertThat(client.getInputStream().read()).isNegative();
            }
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfTheClass {

        static SlowlySelecting server;

        @BeforeAll
        static void start() throws IOException {
            server = new SlowlySelecting();
        }

        @AfterAll
        static void stop() throws IOException {
            server.close();
        }

        @RepeatedTest(3)
        void reads_to_the_end() throws IOException {
            try (Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), server.server.socket().getLocalPort())) {
                assertThat(client.getInputStream().read()).isNegative();
            }
        }
    }

    @Test
    void what_a_server_closed_is_no_leak_though_its_selector_still_has_it() throws IOException {
        LEFT.add(OfTheJvm.SERVER);
        assertThat(Run.of(OfTheJvm.class, OfTheClass.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OverHttp {

        static final HttpClient CLIENT = HttpClient.newHttpClient();
        static final HttpServer SERVER = start();

        static HttpServer start() {
            try {
                HttpServer server = HttpServer.create(ANY_PORT, 0);
                server.createContext("/", exchange -> {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(500, 2);
                    exchange.getResponseBody().write("no".getBytes());
                    exchange.close();
                });
                server.start();
                return server;
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @RepeatedTest(3)
        void gets() throws Exception {
            URI uri = URI.create("http://localhost:" + SERVER.getAddress().getPort() + "/");
            assertThat(CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("no");
        }
    }

    @Test
    void nor_is_a_connection_that_a_server_closed_after_an_error() {
        LEFT.add(OverHttp.CLIENT);
        LEFT.add(() -> OverHttp.SERVER.stop(0));
        assertThat(Run.of(OverHttp.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SharedSelector {

        static Selector shared;

        @BeforeAll
        static void open() throws IOException {
            shared = Selector.open();
        }

        @AfterAll
        static void close() throws IOException {
            shared.close();
        }

        private static ServerSocketChannel register(ServerSocketChannel channel) throws IOException {
            channel.bind(ANY_PORT).configureBlocking(false).register(shared, SelectionKey.OP_ACCEPT);
            return channel;
        }

        @Test
        void a_closes() throws IOException {
            ServerSocketChannel channel = ServerSocketChannel.open(); // opened
            register(channel).close();
        }

        @Test
        void b_closes_and_selects() throws IOException {
            register(ServerSocketChannel.open()).close();
            shared.selectNow();
        }

        @Test
        void c_leaves_open() throws IOException {
            LEFT.add(register(ServerSocketChannel.open()));
        }
    }

    @Test
    void one_on_whose_selector_nobody_selects_is_told_as_that() throws IOException {
        Run run = Run.of(SharedSelector.class);
        assertThat(run.failures()).containsOnlyKeys("a_closes()", "c_leaves_open()");
        assertThat(run.failure("a_closes()").getMessage().replaceAll("descriptor \\d+", "descriptor #"))
                .isEqualTo("""
                    ClosedChannelLeakTests.SharedSelector.a_closes() left 1 thing behind
                      1. open file descriptor # -> closed channel that a selector still has: nobody has selected since
                           opened   %s
                           fix      select once more on the selector (selectNow), or close it\
                    """.formatted(at("$SharedSelector.a_closes", "opened")));
        assertThat(run.failure("c_leaves_open()")).hasMessageContaining("TCP socket listening on");
    }
}
