package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not stopped is one entry with all that it has, and not one for each socket, selector and thread. */
@EnabledOnOs(OS.LINUX)
class UnstoppedServerTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static final Map<String, String> STRICT = Map.of(Constants.LEAKS_PARAMETER, "strict");

    private static String at(String method, String marker) throws IOException {
        return Line.of(UnstoppedServerTests.class, method, marker);
    }

    /** A server of the project: what it has is made in several lines of its constructor. */
    static final class Server implements AutoCloseable {

        private final Selector selector;
        private final ServerSocketChannel channel;
        private final ExecutorService pool;
        private final CountDownLatch stopped = new CountDownLatch(1);

        Server() throws IOException {
            selector = Selector.open(); // selector
            channel = ServerSocketChannel.open(); // channel
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            pool = Executors.newFixedThreadPool(1); // pool
            for (int number = 1; number <= 5; number++) {
                startThread("worker-" + number);
            }
            LEFT.add(this);
        }

        private void startThread(String name) {
            Thread.ofPlatform().daemon().name(name).start(this::serve); // thread
        }

        private void serve() {
            try {
                stopped.await(); // serve
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            stopped.countDown();
            selector.close();
            channel.close();
            pool.shutdownNow();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaving {
        @Test
        void starts_one() throws IOException {
            new Server();
            LEFT.add(SocketChannel.open()); // socket
        }

        @Test
        void starts_two() throws IOException {
            new Server();
            new Server();
        }

        @Test
        void starts_two_in_a_loop() throws IOException {
            for (int number = 1; number <= 2; number++) {
                new Server();
            }
        }

        @Test
        void has_the_jdk_start_one() throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0); // JDK
            LEFT.add(() -> server.stop(0));
            server.start();
        }
    }

    /** The error of a test in which all kinds fail. */
    private static LeakError error(String test) {
        return (LeakError) Run.with(STRICT, selectMethod(Leaving.class, test)).failure(test + "()");
    }

    /** The message, without the numbers of descriptors and ports. */
    private static String message(LeakError error) {
        return error.getMessage().replaceAll("(?<=descriptor |epoll |eventfd |watching |127\\.0\\.0\\.1:)\\d+", "#");
    }

    @Test
    void it_is_one_entry_and_what_another_line_opened_is_another() throws IOException {
        LeakError error = error("starts_one");
        assertThat(message(error)).isEqualTo("""
            UnstoppedServerTests.Leaving.starts_one() left 2 things behind
              1. open file descriptor # -> TCP socket listening on 127.0.0.1:#
                   opened   %s
                   in       %s
                   fix      shut the server down, or close its server socket
                   below    unclosed ThreadPoolExecutor (idle, no thread), created at %s
                            platform thread "worker-1" (waiting, daemon) at %s, and 4 more like it: "worker-2", \
            "worker-3", "worker-4", "worker-5"
                            open selector (epoll #, eventfd #), opened at %s
              2. open file descriptor # -> socket, neither bound nor connected
                   opened   %s
                   fix      close the socket or channel, or the client that owns it, e.g. with HttpClient.close()\
            """.formatted(
                        at("$Server.<init>", "channel"),
                        at("$Leaving.starts_one", "new Server"),
                        at("$Server.<init>", "pool"),
                        at("$Server.serve", "serve"),
                        at("$Server.<init>", "selector"),
                        at("$Leaving.starts_one", "socket")));
        assertThat(error.leaks()).hasSize(9);
        assertThat(error.getSuppressed()).hasSize(2);
    }

    @Test
    void each_line_that_makes_one_has_its_entry() {
        assertThat(error("starts_two"))
                .hasMessageStartingWith("UnstoppedServerTests.Leaving.starts_two() left 2 things behind\n")
                .hasMessageContaining("\n  2. open file descriptor ")
                .hasMessageNotContaining("\n  3. ");
    }

    @Test
    void those_that_one_line_makes_are_one_entry_that_says_how_many() {
        assertThat(error("starts_two_in_a_loop"))
                .hasMessageStartingWith("UnstoppedServerTests.Leaving.starts_two_in_a_loop() left 2 things behind\n")
                .hasMessageContaining("\n       and      1 more like it: ")
                .hasMessageContaining(", and 9 more like it: ")
                .hasMessageNotContaining("\n  2. ");
    }

    @Test
    void it_may_be_a_librarys() throws IOException {
        assertThat(message(error("has_the_jdk_start_one")))
                .isEqualTo("""
                    UnstoppedServerTests.Leaving.has_the_jdk_start_one() left 1 thing behind
                      1. open file descriptor # -> TCP socket listening on 127.0.0.1:#
                           opened   %s
                           fix      shut the server down, or close its server socket
                           below    open selector (epoll #, eventfd #) watching #\
                    """.formatted(at("$Leaving.has_the_jdk_start_one", "JDK")));
    }

    @Test
    void its_parts_are_below_it_for_machines_too(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.jsonl");
        Run.with(
                Map.of(Constants.LEAKS_PARAMETER, "strict", Constants.LEAKS_JSON_PARAMETER, file.toString()),
                selectMethod(Leaving.class, "starts_one"));
        List<JsonObject> lines = Files.readAllLines(file).stream()
                .map(line -> new Gson().fromJson(line, JsonObject.class))
                .toList();
        assertThat(lines).extracting(line -> line.has("below")).containsExactly(false, true, true, true, false);
        assertThat(lines.get(1).get("below")).isEqualTo(lines.getFirst().get("what"));
    }

    @Test
    void failures_and_warnings_are_entries_of_their_own() {
        try (LogCapture log = LogCapture.start()) {
            Run run = Run.with(Map.of(), selectMethod(Leaving.class, "starts_one"));
            assertThat(run.failure("starts_one()")).hasMessageContaining("below    open selector");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("left 1 thing behind\n  1. unclosed ThreadPoolExecutor", "below    platform thread");
        }
    }
}
