package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncloop.loop.time.LoopClock;
import dev.asyncloop.loop.time.VirtualClock;
import dev.asyncloop.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * For what virtual time stands still, and for what it does not. A timer of an hour is the proof: it fires if it jumps.
 *
 * <p>Whoever answers does so only when the loop waits for him, which is when it has decided.
 */
@Timeout(60)
class OutsideWorkTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualClock clock = LoopClock.virtual();

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().clock(clock));

    private final List<String> notes = new ArrayList<>();

    private void whenIdle() {
        Eventually.eventually(
                "the loop is idle",
                () -> loop.core().driver().isIdle()
                        && loop.snapshot().notes().get(0).contains("stands still"));
        notes.add(loop.snapshot().notes().get(0));
    }

    private void stillZero(Callee callee) {
        AtomicBoolean jumped = new AtomicBoolean();
        loop.callLater(HOUR, () -> jumped.set(true));
        loop.runUntilComplete(callee::call);
        assertThat(jumped).as("time jumped").isFalse();
        assertThat(clock.now()).isZero();
    }

    /** A body that checks what it is given itself. */
    private interface Callee {
        void call() throws Exception;
    }

    @Test
    void a_job_of_an_executor_is_waited_for() {
        stillZero(() -> assertThat(loop.runInExecutor(() -> {
                            whenIdle();
                            return "done";
                        })
                        .await())
                .isEqualTo("done"));
        assertThat(notes).containsExactly("virtual time is PT0S, and stands still for a job of an executor");
    }

    @Test
    void a_job_whose_result_nobody_wants_is_waited_for_and_then_not() {
        loop.runUntilComplete(() -> {
            CountDownLatch begun = new CountDownLatch(1);
            LoopFuture<?> job = loop.runInExecutor(() -> {
                begun.countDown();
                whenIdle();
                return null;
            });
            loop.runInExecutor(() -> {
                        begun.await();
                        return null;
                    })
                    .await();
            job.cancel("not wanted");
            Asyncio.sleep(HOUR);
        });
        assertThat(notes).hasSize(1);
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    /** No moment between "under way" and "ready" in which time could jump. */
    @RepeatedTest(20)
    void results_that_come_at_any_moment_are_taken_before_time_jumps() {
        stillZero(() -> {
            for (int job = 0; job < 200; job++) {
                loop.runInExecutor(() -> 1).await();
            }
        });
    }

    @RepeatedTest(20)
    void stages_that_end_at_any_moment_are_taken_before_time_jumps() {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            stillZero(() -> {
                for (int job = 0; job < 200; job++) {
                    Asyncio.await(CompletableFuture.runAsync(() -> {}, threads));
                }
            });
        }
    }

    @Test
    @Tag("scheduler")
    void an_http_request_is_waited_for() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            whenIdle();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort());
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        try {
            stillZero(() -> {
                try (HttpClient client = HttpClient.newHttpClient()) {
                    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
                    assertThat(client.send(request, text).body()).isEqualTo("ok");
                    assertThat(Asyncio.await(client.sendAsync(request, text)).body())
                            .isEqualTo("ok");
                    assertThat(client.sendAsync(request, text).join().body()).isEqualTo("ok");
                    assertThat(client.sendAsync(request, text).get().body()).isEqualTo("ok");
                    assertThat(Asyncio.gather(client.sendAsync(request, text), client.sendAsync(request, text))
                                    .await())
                            .hasSize(2);
                    assertThat(loop.wrap(client.sendAsync(request, text))
                                    .thenApply(HttpResponse::body)
                                    .toCompletableFuture())
                            .isInstanceOfSatisfying(
                                    LoopFuture.class,
                                    derived -> assertThat(derived.await()).isEqualTo("ok"));
                }
            });
        } finally {
            server.stop(0);
        }
        assertThat(notes).hasSize(7);
        assertThat(notes.get(0)).isEqualTo("virtual time is PT0S, and stands still for task \"task-1\"");
    }

    @Test
    @Tag("scheduler")
    void the_rest_of_an_http_response_is_waited_for() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            whenIdle();
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort());
        try {
            stillZero(() -> {
                try (HttpClient client = HttpClient.newHttpClient()) {
                    InputStream body = client.send(
                                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
                            .body();
                    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo("ok");
                }
            });
        } finally {
            server.stop(0);
        }
    }

    /** With a client that is open, but has nothing to do. */
    @Test
    @Tag("scheduler")
    void an_idle_http_client_is_not_waited_for() {
        loop.runUntilComplete(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                Asyncio.sleep(HOUR);
                assertThat(client.isTerminated()).isFalse();
            }
        });
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    private void answerOneByteWhenIdle(ServerSocket server) {
        Thread.ofPlatform().start(() -> {
            try (Socket accepted = server.accept()) {
                whenIdle();
                accepted.getOutputStream().write(1);
            } catch (IOException unexpected) {
                notes.add(unexpected.toString());
            }
        });
    }

    @Test
    @Tag("scheduler")
    void a_read_of_a_socket_is_waited_for() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answerOneByteWhenIdle(server);
            stillZero(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    assertThat(socket.getInputStream().read()).isEqualTo(1);
                }
            });
        }
        assertThat(notes).containsExactly("virtual time is PT0S, and stands still for task \"task-1\"");
    }

    @Test
    @Tag("scheduler")
    void a_read_of_a_channel_by_an_adopted_thread_is_waited_for() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answerOneByteWhenIdle(server);
            LoopFuture<Integer> answer = loop.createFuture();
            stillZero(() -> {
                Thread.ofVirtual().name("reader").start(() -> {
                    try (SocketChannel socket = SocketChannel.open(server.getLocalSocketAddress())) {
                        answer.complete(socket.read(ByteBuffer.allocate(1)));
                    } catch (IOException unexpected) {
                        answer.completeExceptionally(unexpected);
                    }
                });
                assertThat(answer.await()).isEqualTo(1);
            });
        }
        assertThat(notes).containsExactly("virtual time is PT0S, and stands still for virtual thread \"reader\"");
    }

    /** A listener may wait for ever. */
    @Test
    @Tag("scheduler")
    void a_server_that_waits_for_a_connection_is_not_waited_for() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            loop.createTask(() -> server.accept());
            loop.runUntilComplete(() -> Asyncio.sleep(HOUR));
            assertThat(clock.now()).isEqualTo(HOUR);
        }
    }

    @Test
    @Tag("scheduler")
    void a_process_is_waited_for() throws IOException {
        Process process = new ProcessBuilder("cat").start();
        stillZero(() -> {
            Thread.ofPlatform().start(() -> {
                whenIdle();
                process.destroy();
            });
            process.waitFor();
        });
        assertThat(notes).hasSize(1);
    }

    @Test
    @Tag("scheduler")
    void timed_waits_of_the_jdk_take_real_time() {
        ReentrantLock lock = new ReentrantLock();
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
        for (ThrowingSupplier<?> wait : List.<ThrowingSupplier<?>>of(
                () -> {
                    Thread.sleep(5);
                    return null;
                },
                () -> queue.poll(5, TimeUnit.MILLISECONDS),
                () -> new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS),
                () -> {
                    lock.lock();
                    try {
                        return lock.newCondition().awaitNanos(5_000_000);
                    } finally {
                        lock.unlock();
                    }
                })) {
            stillZero(() -> {
                try {
                    wait.get();
                } catch (Throwable unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
        }
    }

    @Test
    @Tag("scheduler")
    void a_lock_that_another_thread_holds_is_waited_for() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch taken = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            lock.lock();
            taken.countDown();
            whenIdle();
            lock.unlock();
        });
        taken.await();
        stillZero(() -> {
            lock.lock();
            lock.unlock();
        });
        assertThat(notes).hasSize(1);
    }

    /** Who waited for it the longest may still have to wait for another task, which has to sleep. */
    @Test
    @Tag("scheduler")
    void a_lock_that_comes_into_the_hands_of_a_task_is_not_waited_for_any_more() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock(true);
        CountDownLatch taken = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            lock.lock();
            taken.countDown();
            whenIdle();
            lock.unlock();
        });
        taken.await();
        loop.callLater(HOUR.multipliedBy(2), () -> notes.add("jumped past it")); // which time stands still before
        loop.runUntilComplete(() -> {
            loop.createTask(() -> {
                lock.lock();
                Asyncio.sleep(HOUR);
                lock.unlock();
            });
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            lock.lock();
            lock.unlock();
        });
        assertThat(notes).hasSize(1);
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    /** From JDK 24 on; before, such a task keeps the loop's thread. */
    @Test
    @Tag("scheduler")
    @EnabledForJreRange(minVersion = 24)
    void a_monitor_that_another_thread_holds_is_waited_for_a_moment() throws InterruptedException {
        Object monitor = new Object();
        CountDownLatch taken = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            synchronized (monitor) {
                taken.countDown();
                Eventually.eventually("time jumps", () -> clock.now().equals(HOUR));
            }
        });
        taken.await();
        AtomicLong jumped = new AtomicLong();
        loop.callLater(HOUR, () -> jumped.set(System.nanoTime()));
        long start = System.nanoTime();
        loop.runUntilComplete(() -> {
            synchronized (monitor) {
                notes.add("entered");
            }
        });
        assertThat(notes).containsExactly("entered");
        assertThat(jumped.get() - start).isGreaterThan(50_000_000);
    }

    @Test
    @Tag("scheduler")
    @EnabledForJreRange(minVersion = 24)
    void a_monitor_that_a_sleeping_task_holds_does_not_stop_time() {
        Object monitor = new Object();
        loop.runUntilComplete(() -> {
            loop.createTask(() -> {
                synchronized (monitor) {
                    Asyncio.sleep(HOUR);
                }
            });
            Asyncio.sleep(Duration.ZERO);
            synchronized (monitor) {
                notes.add("entered");
            }
        });
        assertThat(notes).containsExactly("entered");
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    /** Another task will end them, once it has slept. */
    @Test
    @Tag("scheduler")
    void locks_queues_and_latches_are_not_waited_for() {
        ReentrantLock lock = new ReentrantLock();
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
        CountDownLatch latch = new CountDownLatch(1);
        LoopFuture<Integer> future = loop.createFuture();
        loop.runUntilComplete(() -> {
            loop.createTask(() -> {
                lock.lock();
                Asyncio.sleep(HOUR);
                lock.unlock();
                Asyncio.sleep(HOUR);
                queue.put(1);
                Asyncio.sleep(HOUR);
                latch.countDown();
                Asyncio.sleep(HOUR);
                future.complete(1);
            });
            Asyncio.sleep(Duration.ZERO);
            lock.lock();
            lock.unlock();
            queue.take();
            latch.await();
            assertThat(future.get()).isEqualTo(1);
        });
        assertThat(clock.now()).isEqualTo(HOUR.multipliedBy(4));
    }

    @Test
    @Tag("scheduler")
    void the_loops_own_future_is_not_waited_for_however_it_is_joined() {
        loop.runUntilComplete(() -> {
            assertThat(loop.createTask(() -> {
                                Asyncio.sleep(HOUR);
                                return 1;
                            })
                            .join())
                    .isEqualTo(1);
            assertThat(loop.createTask(() -> {
                                Asyncio.sleep(HOUR);
                                return 1;
                            })
                            .get())
                    .isEqualTo(1);
        });
        assertThat(clock.now()).isEqualTo(HOUR.multipliedBy(2));
    }

    @Test
    void a_stage_that_is_run_to_its_end_is_waited_for() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            whenIdle();
            stage.complete("done");
        });
        loop.callLater(HOUR, () -> notes.add("jumped"));
        assertThat(loop.runUntilComplete(stage)).isEqualTo("done");
        assertThat(notes).containsExactly("virtual time is PT0S, and stands still for a CompletableFuture");
    }

    @Test
    void a_stage_for_which_nobody_waits_is_not_waited_for() {
        loop.wrap(new CompletableFuture<>());
        loop.runUntilComplete(() -> Asyncio.sleep(HOUR));
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    @Test
    void a_stage_that_was_given_up_is_not_waited_for() {
        CompletableFuture<String> stage = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> toCompletableFuture() {
                throw new UnsupportedOperationException();
            }
        };
        loop.runUntilComplete(() -> {
            Task<String> waiting = loop.createTask(() -> Asyncio.await(stage));
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            waiting.cancel("given up");
            Asyncio.sleep(HOUR);
        });
        assertThat(stage).isNotDone();
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    @Test
    void advance_by_hand_does_not_wait_for_anything() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        loop.runUntilComplete(() -> {
            Task<String> waiting = loop.createTask(() -> Asyncio.await(stage));
            clock.advance(HOUR);
            assertThat(waiting).isNotDone();
            stage.complete("done");
            assertThat(waiting.await()).isEqualTo("done");
        });
        assertThat(clock.now()).isEqualTo(HOUR);
    }

    /** However many tasks there are in our own awaits, a jump looks at none of them. */
    @Test
    void tasks_in_awaits_of_ours_are_not_looked_at() {
        int many = 20_000;
        loop.runUntilComplete(() -> {
            LoopFuture<Void> go = loop.createFuture();
            List<Task<?>> waiting = new ArrayList<>();
            for (int number = 0; number < many; number++) {
                waiting.add(loop.createTask(
                        () -> go.copy().toCompletableFuture() instanceof LoopFuture<?> own ? own.await() : null));
            }
            for (int jump = 0; jump < 20_000; jump++) { // at 20,000 stacks each this would take hours
                Asyncio.sleep(HOUR);
            }
            go.complete(null);
            waiting.forEach(Task::await);
        });
        assertThat(clock.now()).isEqualTo(HOUR.multipliedBy(20_000));
    }

    /** Nor is a task that blocks elsewhere looked at more than once. */
    @Test
    @Tag("scheduler")
    void tasks_that_block_are_looked_at_once() {
        CountDownLatch latch = new CountDownLatch(1);
        loop.runUntilComplete(() -> {
            List<Task<?>> waiting = new ArrayList<>();
            for (int number = 0; number < 2_000; number++) {
                waiting.add(loop.createTask(() -> latch.await()));
            }
            for (int jump = 0; jump < 20_000; jump++) {
                Asyncio.sleep(HOUR);
            }
            latch.countDown();
            waiting.forEach(Task::await);
        });
        assertThat(clock.now()).isEqualTo(HOUR.multipliedBy(20_000));
    }
}
