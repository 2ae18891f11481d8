package dev.asyncloop.samples.holders;

import static dev.asyncloop.samples.holders.HelloServer.FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.SoftReference;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** What leads to an open thing without being the reason for which it is open: the test is blamed as ever. */
class NotHeldTests {

    private static Thread daemon(Runnable work) {
        return Thread.ofPlatform().daemon().start(work);
    }

    private static void sleepLong() {
        try {
            Thread.sleep(1_000_000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    static class DroppedSocket {
        @Test
        void leaves_it() throws Exception {
            assertThat(FOR_ALL.connect().isConnected()).isTrue();
        }
    }

    static class DroppedChannel {
        @Test
        void leaves_it() throws Exception {
            assertThat(SocketChannel.open(new InetSocketAddress("localhost", FOR_ALL.port()))
                            .isConnected())
                    .isTrue();
        }
    }

    static class DroppedFiles {
        @Test
        void leaves_it() throws Exception {
            assertThat(new FileInputStream("/etc/hostname").getFD().valid()).isTrue();
            assertThat(FileChannel.open(Path.of("/etc/hostname")).isOpen()).isTrue();
        }
    }

    static class DroppedSelector {
        @Test
        void leaves_it() throws Exception {
            Selector selector = Selector.open();
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", FOR_ALL.port()));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    static class FieldOfTheInstance {
        Socket socket;

        @Test
        void leaves_it() throws Exception {
            socket = FOR_ALL.connect();
        }
    }

    static class LocalOfAThread {
        @Test
        void leaves_it() throws Exception {
            CountDownLatch connected = new CountDownLatch(1);
            daemon(() -> {
                try (Socket socket = FOR_ALL.connect()) {
                    assertThat(socket.isConnected()).isTrue();
                    connected.countDown();
                    sleepLong();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            connected.await();
        }
    }

    /** Its thread is the pool's, and the pool is the run's. */
    static class ThreadLocalOfAPool {
        static final ExecutorService POOL =
                Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory());
        static final ThreadLocal<Socket> SOCKET = new ThreadLocal<>();

        @Test
        void leaves_it() throws Exception {
            Socket socket = FOR_ALL.connect();
            POOL.submit(() -> SOCKET.set(socket)).get();
        }
    }

    static class ThreadLocalOfTheThread {
        static final ThreadLocal<Socket> SOCKET = new ThreadLocal<>();

        @Test
        void leaves_it() throws Exception {
            SOCKET.set(FOR_ALL.connect());
        }
    }

    static class ThreadLocalThatMakesIt {
        static final ThreadLocal<Socket> SOCKET = ThreadLocal.withInitial(() -> {
            try {
                return FOR_ALL.connect();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });

        @Test
        void leaves_it() {
            assertThat(SOCKET.get().isConnected()).isTrue();
        }
    }

    static class ShutdownHook {
        @Test
        void leaves_it() throws Exception {
            Socket socket = FOR_ALL.connect();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(socket)));
        }
    }

    static class CleanerOfItsOwn {
        static final Cleaner CLEANER = Cleaner.create();
        private final Object owner = new Object();

        @Test
        void leaves_it() throws Exception {
            RandomAccessFile file = new RandomAccessFile("/etc/hostname", "r");
            CLEANER.register(owner, () -> close(file));
        }
    }

    static class SoftlyReferenced {
        static SoftReference<Socket> soft;

        @Test
        void leaves_it() throws Exception {
            soft = new SoftReference<>(FOR_ALL.connect());
        }
    }

    static class DelayedCommand {
        @Test
        void leaves_it() throws Exception {
            FileInputStream file = new FileInputStream("/etc/hostname");
            CompletableFuture.delayedExecutor(1, TimeUnit.HOURS).execute(() -> close(file));
        }
    }

    /** The instance of the test is what the list is to know; what else the instance has is its own affair. */
    static class ListenerInAList {
        static class Bus {
            static final List<Runnable> LISTENERS = new ArrayList<>();
        }

        Socket socket;

        @Test
        void leaves_it() throws Exception {
            Bus.LISTENERS.add(this::hear);
            socket = FOR_ALL.connect();
        }

        private void hear() {
            socket = null;
        }
    }

    static class ArgumentOfAMock {
        Consumer<Object> mock;

        @Test
        @SuppressWarnings("unchecked")
        void leaves_it() throws Exception {
            mock = Mockito.mock(Consumer.class);
            mock.accept(FOR_ALL.connect());
        }
    }

    static class ThreadsThatWaitForStatics {
        static final CountDownLatch LATCH = new CountDownLatch(1);
        static final BlockingQueue<Object> QUEUE = new LinkedBlockingQueue<>();
        static final SynchronousQueue<Object> HAND_OVER = new SynchronousQueue<>();
        static final CompletableFuture<Object> FUTURE = new CompletableFuture<>();

        @Test
        void leaves_one_at_a_latch() {
            start(() -> {
                LATCH.await();
                return "";
            });
        }

        @Test
        void leaves_one_at_a_queue() {
            start(QUEUE::take);
        }

        @Test
        void leaves_one_at_a_hand_over() {
            start(HAND_OVER::take);
        }

        @Test
        void leaves_one_at_a_future() {
            start(FUTURE::get);
        }

        private static void start(Callable<Object> wait) {
            daemon(() -> {
                try {
                    wait.call();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
        }
    }

    @Test
    void a_thread_is_not_held_by_what_it_waits_for() {
        assertThat(Blame.of(ThreadsThatWaitForStatics.class))
                .containsOnlyKeys(
                        "leaves_one_at_a_latch",
                        "leaves_one_at_a_queue",
                        "leaves_one_at_a_hand_over",
                        "leaves_one_at_a_future");
    }

    static class ThreadThatHasStaticLocks {
        static final ReentrantLock LOCK = new ReentrantLock();
        static final ReentrantReadWriteLock READ_WRITE = new ReentrantReadWriteLock();

        @Test
        void leaves_it() throws Exception {
            CountDownLatch locked = new CountDownLatch(1);
            daemon(() -> {
                LOCK.lock();
                READ_WRITE.readLock().lock();
                locked.countDown();
                sleepLong();
            });
            locked.await();
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                DroppedSocket.class,
                DroppedChannel.class,
                DroppedFiles.class,
                DroppedSelector.class,
                FieldOfTheInstance.class,
                LocalOfAThread.class,
                ThreadLocalOfAPool.class,
                ThreadLocalOfTheThread.class,
                ThreadLocalThatMakesIt.class,
                ShutdownHook.class,
                CleanerOfItsOwn.class,
                SoftlyReferenced.class,
                DelayedCommand.class,
                ListenerInAList.class,
                ArgumentOfAMock.class,
                ThreadThatHasStaticLocks.class
            })
    void the_test_is_blamed(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys("leaves_it");
    }

    /** The collector may come while its holder is searched for. */
    @Test
    void what_was_dropped_counts_as_open() {
        assertThat(Blame.of(DroppedSocket.class, DroppedChannel.class).get("leaves_it"))
                .hasSize(2)
                .allMatch(entry -> entry.startsWith("file-descriptor: "));
    }

    static class StreamOfTheSystem {
        @Test
        void leaves_it() throws Exception {
            System.setErr(
                    new PrintStream(Files.createTempFile("asyncloop", ".err").toFile()));
        }
    }

    @Test
    void the_test_is_blamed_for_what_a_static_of_the_jdk_has() {
        PrintStream before = System.err;
        try {
            assertThat(Blame.of(StreamOfTheSystem.class)).containsOnlyKeys("leaves_it");
        } finally {
            System.setErr(before);
        }
    }
}
