package dev.asyncloop.leak.holders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is closed by a thread that only now and then looks whether it is to end. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SlowEndsTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(800);

    @AfterAll
    static void end_threads() {
        LeavesTheSameThread.END.countDown();
    }

    /** Its {@code close()} only asks, as ZooKeeper's does. */
    static class Client implements AutoCloseable {
        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile boolean closed;

        Client() throws InterruptedException {
            Thread.ofPlatform().daemon().name("client").start(this::run);
            opened.await();
        }

        private void run() {
            try (Selector selector = Selector.open();
                    SocketChannel channel = SocketChannel.open()) {
                assertThat(selector.isOpen()).isTrue();
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                opened.countDown();
                while (!closed) {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** It looks between two connections, as Netty's blocking transport does. */
    static class Server implements Runnable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CountDownLatch looks = new CountDownLatch(1);
        private volatile boolean ended;

        Server() throws IOException {
            socket.setSoTimeout((int) BETWEEN_LOOKS.toMillis());
        }

        @Override
        public void run() {
            try (socket) {
                while (!ended) {
                    looks.countDown();
                    acceptOne();
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private void acceptOne() throws IOException {
            try {
                socket.accept().close();
            } catch (SocketTimeoutException nobody) {
                // looks again
            }
        }
    }

    static class ClosesSoon {
        @Test
        void closes_a_client() throws Exception {
            try (Client client = new Client()) {
                assertThat(client.closed).isFalse();
            }
        }

        @Test
        void ends_a_server() throws Exception {
            Server server = new Server();
            Thread.ofPlatform().start(server);
            server.looks.await();
            server.ended = true;
        }

        @Test
        void starts_a_thread_that_takes_as_long() {
            Thread.ofPlatform().start(() -> LockSupport.parkNanos(BETWEEN_LOOKS.toNanos()));
        }
    }

    @Test
    void what_is_closed_within_a_second_is_closed() {
        assertThat(Blame.of(ClosesSoon.class)).isEmpty();
    }

    static class LeavesTheSameThread {
        static final CountDownLatch END = new CountDownLatch(1);

        @RepeatedTest(20)
        void starts_a_thread() {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    END.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Test
    void nobody_waits_twenty_times_for_the_same_thread() {
        long start = System.nanoTime();
        assertThat(Blame.of(LeavesTheSameThread.class)).containsOnlyKeys("starts_a_thread");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void nobody_waits_for_a_thread_that_the_baseline_names(@TempDir Path folder) throws IOException {
        String test = LeavesTheSameThread.class.getName() + ".starts_a_thread";
        Path baseline = Files.writeString(folder.resolve("leaks.txt"), test + "; platform-thread; " + test);
        long start = System.nanoTime();
        assertThat(Blame.with(
                        Map.of(Constants.LEAKS_BASELINE_PARAMETER, baseline.toString()), LeavesTheSameThread.class))
                .containsOnlyKeys("somebody"); // that the baseline let it pass is logged
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
}
