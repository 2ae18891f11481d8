package dev.asyncloop.leak.holders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a field of the class keeps is the class's, whichever test was the first to need it. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HeldByTheClassTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen(); // it would be one more holder of what it is to close

    /** One connection, made when somebody first asks and kept. */
    static class Client implements AutoCloseable {
        private final int port;
        private Socket kept;

        Client(int port) {
            this.port = port;
        }

        synchronized int ask() throws IOException {
            if (kept == null) {
                kept = new Socket(InetAddress.getLoopbackAddress(), port);
            }
            kept.getOutputStream().write(1);
            return kept.getInputStream().read();
        }

        @Override
        public synchronized void close() throws IOException {
            kept.close();
        }
    }

    /** Answers each byte with the next one. */
    static class Server {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final Thread acceptor = Thread.ofPlatform().start(this::accept);

        Server() throws IOException {}

        private void accept() {
            try {
                while (true) {
                    Socket accepted = socket.accept();
                    Thread.ofPlatform().start(() -> answer(accepted));
                }
            } catch (IOException closed) {
                // it is
            }
        }

        private static void answer(Socket accepted) {
            try (accepted) {
                for (int asked = accepted.getInputStream().read();
                        asked >= 0;
                        asked = accepted.getInputStream().read()) {
                    accepted.getOutputStream().write(asked + 1);
                }
            } catch (IOException reset) {
                // the client's end is closed
            }
        }

        public void close() throws Exception {
            socket.close();
            acceptor.join();
        }
    }

    static class ClosesItsClient {
        static Server server;
        static Client client;

        @BeforeAll
        static void open() throws Exception {
            server = new Server();
            client = new Client(server.socket.getLocalPort());
        }

        @AfterAll
        static void close() throws Exception {
            client.close();
            server.close();
        }

        @Test
        void asks() throws Exception {
            assertThat(client.ask()).isEqualTo(2);
        }

        @Test
        void asks_again() throws Exception {
            assertThat(client.ask()).isEqualTo(2);
        }
    }

    @Test
    void a_client_that_the_class_closes_is_no_leak() {
        assertThat(Blame.of(ClosesItsClient.class)).isEmpty();
    }

    static class ForgetsItsClient {
        static Server server;
        static Client client;

        @BeforeAll
        static void open() throws Exception {
            server = new Server();
            client = new Client(server.socket.getLocalPort());
        }

        @AfterAll
        static void close() throws Exception {
            server.close();
        }

        @Test
        void asks() throws Exception {
            assertThat(client.ask()).isEqualTo(2);
        }
    }

    @Test
    void a_client_that_the_class_forgets_is_the_leak_of_the_class() throws IOException {
        assertThat(Blame.of(ForgetsItsClient.class))
                .hasEntrySatisfying(
                        Blame.THE_CLASS,
                        entries -> assertThat(entries)
                                .anySatisfy(entry -> assertThat(entry).startsWith("file-descriptor: ")))
                .doesNotContainKey("asks");
        ForgetsItsClient.client.close();
    }

    /** Its thread starts with the first command, as that of an event loop of Netty's does. */
    static class LazyLoop {
        private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
        private Thread thread;

        synchronized void execute(Runnable command) {
            commands.add(command);
            if (thread == null) {
                thread = Thread.ofPlatform().name("lazy-loop").start(this::run);
            }
        }

        private void run() {
            try {
                while (true) {
                    commands.take().run();
                }
            } catch (InterruptedException end) {
                // it is closed
            }
        }

        <T> T call(Callable<T> work) throws Exception {
            FutureTask<T> task = new FutureTask<>(work);
            execute(task);
            return task.get();
        }

        public void close() throws Exception {
            thread.interrupt();
            thread.join();
        }
    }

    static class ClosesItsLoop {
        static LazyLoop loop;

        @BeforeAll
        static void open() {
            loop = new LazyLoop();
        }

        @AfterAll
        static void close() throws Exception {
            loop.close();
        }

        @Test
        void uses_it() throws Exception {
            assertThat(loop.call(() -> 1)).isEqualTo(1);
        }

        @Test
        void uses_it_again() throws Exception {
            assertThat(loop.call(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void the_late_thread_of_a_loop_of_the_class_is_no_leak() {
        assertThat(Blame.of(ClosesItsLoop.class)).isEmpty();
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LeavesThingsOnItsLoop {
        static LazyLoop loop;
        static FileInputStream file;
        static ExecutorService executor;

        @BeforeAll
        static void open() {
            loop = new LazyLoop();
        }

        @AfterAll
        static void close() throws Exception {
            loop.close();
        }

        @Test
        void a_uses_it_first() throws Exception {
            assertThat(loop.call(() -> 1)).isEqualTo(1);
        }

        @Test
        void b_leaves_a_file() throws Exception {
            file = loop.call(() -> new FileInputStream("/proc/version"));
        }

        @Test
        void c_leaves_an_executor() throws Exception {
            executor = loop.call(() -> Executors.newFixedThreadPool(1));
            executor.submit(() -> {}).get();
        }
    }

    @Test
    void what_is_left_on_such_a_loop_is_not_the_leak_of_the_test_that_woke_it() throws IOException {
        assertThat(Blame.of(LeavesThingsOnItsLoop.class))
                .containsOnlyKeys(Blame.THE_CLASS)
                .hasEntrySatisfying(
                        Blame.THE_CLASS,
                        entries -> assertThat(entries)
                                .anySatisfy(entry -> assertThat(entry).startsWith("file-descriptor: "))
                                .anySatisfy(entry -> assertThat(entry).startsWith("executor: ")));
        LeavesThingsOnItsLoop.file.close();
        LeavesThingsOnItsLoop.executor.shutdownNow();
    }

    static class Outer {

        private final List<FileInputStream> filesAround = new ArrayList<>();

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Inner {
            private final List<FileInputStream> files = new ArrayList<>();

            @AfterAll
            void close() throws IOException {
                files.getFirst().close();
                filesAround.getFirst().close();
            }

            @Test
            void opens() throws IOException {
                files.add(new FileInputStream("/proc/version"));
            }

            @Test
            void opens_around_itself() throws IOException {
                filesAround.add(new FileInputStream("/proc/version"));
            }
        }
    }

    @Test
    void an_instance_that_lasts_as_long_as_the_class_is_like_its_static_fields_and_so_is_what_is_around_it() {
        assertThat(Blame.of(Outer.class)).isEmpty();
    }
}
