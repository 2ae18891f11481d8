package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.StuckLoopException;
import dev.asyncloop.testing.LeftOpen;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dump of a test that hangs shows the pools that have its jobs: what their threads do, what is queued, and for whom. */
@Timeout(60)
class PoolDumpTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private static CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end_all() {
        end.countDown();
        end = new CountDownLatch(1);
    }

    private static Callable<Integer> waiting() {
        CountDownLatch now = end;
        return () -> {
            now.await(); // waits
            return 1;
        };
    }

    private static ExecutorService pool(int threads, String name) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(name).factory());
    }

    /** What the dump says below the tasks. */
    private static String pools(Throwable failure) {
        assertThat(failure).isInstanceOf(StuckLoopException.class);
        String message = failure.getMessage();
        int tasks = message.indexOf("PoolDumpTests.java:", message.indexOf("waiting"));
        return message.substring(message.indexOf('\n', tasks) + 1);
    }

    private static Run run(Class<?> fixture) {
        return Run.with(Map.of(Constants.TIMEOUT_PARAMETER, "300 ms"), fixture);
    }

    /** Both use one pool, as tests of one class often do. */
    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SharedPool {

        static final ExecutorService POOL = pool(2, "engine");

        @Test
        void floods() {
            for (int i = 0; i < 13; i++) {
                POOL.submit(waiting()); // floods
            }
        }

        @Test
        void victim() throws Exception {
            POOL.submit(() -> 1).get();
        }
    }

    @Test
    void who_keeps_a_shared_pool_is_named() throws Exception {
        Throwable failure = run(SharedPool.class).failure("victim()");
        System.out.println(failure.getMessage());
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Waits {

        @Test
        void common_pool() {
            CompletableFuture.runAsync(() -> {
                        try { waiting().call(); } catch (Exception e) { throw new RuntimeException(e); }
                    }).thenApply(none -> 1)
                    .join();
        }
        @Test
        void common_pool_submit() throws Exception {
            ForkJoinPool.commonPool().submit(waiting()).get();
        }
        @Test
        void awaits_stage() throws Exception {
            try (var s = pool(1, "sup")) {
                var f = CompletableFuture.supplyAsync(() -> { try { return waiting().call(); } catch (Exception e) { throw new RuntimeException(e); } }, s);
                s.submit(() -> 2);
                dev.asyncloop.loop.EventLoop.running().wrap(CompletableFuture.allOf(f.thenCombine(CompletableFuture.completedFuture(2), Integer::sum), new CompletableFuture<>())).await();
            }
        }
        @Test
        void latch() throws Exception {
            var s = new ScheduledThreadPoolExecutor(1);
            s.schedule(() -> 1, 1, TimeUnit.HOURS);
            s.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
            new CountDownLatch(1).await();
        }
        @Test
        void to_thread() throws Exception {
            Asyncio.toThread(waiting());
        }
        @Test
        void nested() throws Exception {
            try (var s = Executors.newSingleThreadExecutor()) {
                s.submit(() -> s.submit(() -> 1).get()).get();
            }
        }
        @Test
        void nested_joins() throws Exception {
            try (var s = pool(2, "two")) {
                var a = CompletableFuture.supplyAsync(() -> CompletableFuture.supplyAsync(() -> 1, s).join(), s);
                var b = CompletableFuture.supplyAsync(() -> CompletableFuture.supplyAsync(() -> 1, s).thenApply(x -> x).join(), s);
                CompletableFuture.allOf(a, b).join();
            }
        }
    }

    @Test
    void all() throws Exception {
        Run.with(Map.of(Constants.TIMEOUT_PARAMETER, "3000 ms"), Waits.class).failures().forEach((test, f) -> System.out.println("## " + test + "\n" + f.getMessage()));
    }
}
