package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.EXECUTOR;
import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;
import static dev.asyncloop.leak.LeakKind.PENDING_TASK;
import static dev.asyncloop.leak.LeakKind.PENDING_TIMER;
import static dev.asyncloop.leak.LeakKind.PLATFORM_THREAD;
import static java.util.concurrent.TimeUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.google.common.io.Closer;
import com.google.common.util.concurrent.AbstractExecutionThreadService;
import com.google.common.util.concurrent.AbstractScheduledService;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.Service;
import com.google.common.util.concurrent.ServiceManager;
import com.google.common.util.concurrent.SettableFuture;
import com.google.common.util.concurrent.SimpleTimeLimiter;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.asyncloop.loop.EventLoop;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** What Guava, Caffeine and Awaitility start, or run on what they are given. */
final class UtilityWing extends Wing {

    UtilityWing() {
        show(
                "Guava's decorator",
                EXECUTOR,
                () -> used(MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(1))));
        show(
                "Guava's exiting executor",
                EXECUTOR,
                () -> used(MoreExecutors.getExitingExecutorService(
                        new ThreadPoolExecutor(1, 1, 1, DAYS, new LinkedBlockingQueue<>()))));
        show("Guava's time limiter", EXECUTOR, () -> limiting(Executors.newCachedThreadPool()));
        show("Guava's service", PLATFORM_THREAD, () -> started(new Waiting()));
        show("Guava's scheduled service", EXECUTOR, () -> started(new Ticking()));
        show("Guava's service manager", PLATFORM_THREAD, () -> started(new ServiceManager(List.of(new Waiting()))));
        show("Guava's time-out", PENDING_TIMER, () -> limited(SettableFuture.create()));
        show("Guava's callback", PENDING_TASK, () -> calling(SettableFuture.create()));
        show("SettableFuture", PENDING_TASK, () -> awaited(SettableFuture.create()));
        show(
                "ByteSource",
                FILE_DESCRIPTOR,
                () -> com.google.common.io.Files.asByteSource(file().toFile()).openStream());
        show("Closer", FILE_DESCRIPTOR, () -> registered(Closer.create()));
        show("Caffeine's executor", EXECUTOR, () -> loaded(Executors.newFixedThreadPool(1)));
        show("Caffeine's scheduler", EXECUTOR, () -> expiring(Executors.newSingleThreadScheduledExecutor()));
        show("Caffeine's scheduler on the loop", PENDING_TIMER, () -> expiring(loop().asExecutor()));
        show("Caffeine's load", PENDING_TASK, UtilityWing::loading);
        show("Caffeine's refresh", PENDING_TASK, UtilityWing::refreshing);
        show("Awaitility's poll executor", EXECUTOR, () -> polled(Executors.newSingleThreadExecutor()));
        show("Awaitility's blocked condition", PLATFORM_THREAD, UtilityWing::blocked);
    }

    private static EventLoop loop() {
        return EventLoop.running();
    }

    private static AutoCloseable used(ExecutorService executor) throws Exception {
        executor.submit(() -> 42).get();
        return ending(executor);
    }

    private static AutoCloseable limiting(ExecutorService executor) throws Exception {
        SimpleTimeLimiter.create(executor).callWithTimeout(() -> 42, Duration.ofHours(1));
        return ending(executor);
    }

    private static AutoCloseable ending(ExecutorService executor) {
        return executor::shutdownNow;
    }

    private static AutoCloseable started(Service service) {
        service.startAsync().awaitRunning(); // leaks
        return () -> service.stopAsync().awaitTerminated();
    }

    private static AutoCloseable started(ServiceManager services) {
        services.startAsync().awaitHealthy(); // leaks
        return () -> services.stopAsync().awaitStopped();
    }

    private static AutoCloseable limited(SettableFuture<String> future) {
        ListenableFuture<String> limited =
                Futures.withTimeout(future, Duration.ofHours(1), loop().asExecutor()); // leaks
        return () -> limited.cancel(false);
    }

    private static AutoCloseable calling(SettableFuture<String> future) {
        Work work = new Work();
        Futures.addCallback(future, work, loop().asExecutor());
        future.set("hello"); // leaks
        return work::end;
    }

    private static AutoCloseable awaited(SettableFuture<String> future) {
        loop().createTask(() -> future.get()); // leaks
        return () -> future.set("hello");
    }

    private static Closer registered(Closer closer) throws IOException {
        closer.register(new FileInputStream(file().toFile())); // leaks
        return closer;
    }

    private static AutoCloseable loaded(ExecutorService executor) {
        AsyncLoadingCache<String, Integer> cache =
                Caffeine.newBuilder().executor(executor).buildAsync(String::length);
        cache.get("hello").join();
        return ending(executor);
    }

    private static AutoCloseable expiring(ScheduledExecutorService executor) {
        Cache<String, Integer> cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .expireAfterWrite(Duration.ofHours(1))
                .scheduler(Scheduler.forScheduledExecutorService(executor))
                .build();
        cache.put("hello", 5); // leaks
        return ending(executor);
    }

    private static AutoCloseable loading() {
        Work work = new Work();
        assertThat(cache(loop().asExecutor(), work).get("hello")).isNotDone(); // leaks
        return work::end;
    }

    private static AutoCloseable refreshing() {
        Work work = new Work();
        cache(loop().asExecutor(), work).synchronous().refresh("hello"); // leaks
        return work::end;
    }

    private static AsyncLoadingCache<String, String> cache(Executor executor, Work work) {
        return Caffeine.newBuilder().executor(executor).buildAsync(key -> {
            work.onSuccess(key);
            return key;
        });
    }

    /** Without the handler for the whole JVM, which takes the exceptions of other tests' threads. */
    static ConditionFactory waiting() {
        return Awaitility.await().dontCatchUncaughtExceptions();
    }

    private static AutoCloseable polled(ExecutorService executor) {
        waiting().pollExecutorService(executor).until(() -> true);
        return ending(executor);
    }

    private static AutoCloseable blocked() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean begun = new AtomicBoolean();
        Callable<Boolean> blocked =
                () -> begun.getAndSet(true) || Uninterruptibles.awaitUninterruptibly(end, Duration.ofDays(1));
        ConditionFactory waiting = waiting().pollDelay(Duration.ZERO).atMost(Duration.ofMillis(10));
        while (!begun.get()) { // the time may be over before the thread runs
            try {
                waiting.until(blocked); // leaks
            } catch (ConditionTimeoutException expected) {
                continue;
            }
        }
        return end::countDown;
    }

    /** Goes on until it is ended. */
    private static final class Work implements FutureCallback<String> {

        private final CountDownLatch enough = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public void onSuccess(String hello) {
            try {
                enough.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } finally {
                over.countDown();
            }
        }

        @Override
        public void onFailure(Throwable unexpected) {
            throw new AssertionError(unexpected);
        }

        void end() throws InterruptedException {
            enough.countDown();
            over.await();
        }
    }

    private static final class Waiting extends AbstractExecutionThreadService {

        private final CountDownLatch enough = new CountDownLatch(1);

        @Override
        protected void run() throws InterruptedException {
            enough.await();
        }

        @Override
        protected void triggerShutdown() {
            enough.countDown();
        }
    }

    private static final class Ticking extends AbstractScheduledService {

        @Override
        protected void runOneIteration() {}

        @Override
        protected Scheduler scheduler() {
            return Scheduler.newFixedDelaySchedule(Duration.ofHours(1), Duration.ofHours(1));
        }
    }
}
