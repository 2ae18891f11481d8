package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.PENDING_JOB;
import static dev.asyncloop.leak.LeakKind.PLATFORM_THREAD;
import static dev.asyncloop.leak.LeakKind.TASK_EXCEPTION;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.ListeningScheduledExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.UnorderedThreadPoolEventExecutor;
import io.opentelemetry.context.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

/** Jobs that libraries hand to pools, which are older than the tests, for whoever asks them to. */
final class LibraryJobWing extends Wing {

    private static final ListeningExecutorService GUAVA = MoreExecutors.listeningDecorator(JobWing.POOL);
    private static final ListeningScheduledExecutorService GUAVAS_CLOCK =
            MoreExecutors.listeningDecorator(JobWing.CLOCK);
    private static final ThreadPoolTaskExecutor SPRING = executor();
    private static final ThreadPoolTaskScheduler SPRINGS_CLOCK = scheduler();
    private static final Orders ORDERS =
            new AnnotationConfigApplicationContext(Application.class).getBean(Orders.class);
    private static final ExecutorService TRACED = Context.taskWrapping(JobWing.POOL);
    private static final EventLoopGroup NETTY = eventLoops();
    private static final Vertx VERTX = vertx();
    private static final SimpleAsyncTaskExecutor SIMPLE = new SimpleAsyncTaskExecutor();

    /** The only executor of Netty that is one of the JDK's. */
    @SuppressWarnings("deprecation")
    private static final EventExecutor UNORDERED = new UnorderedThreadPoolEventExecutor(100);

    @SuppressWarnings("CheckReturnValue") // nobody waits for what is left
    LibraryJobWing() {
        show("Spring's executor", PENDING_JOB, () -> Work.given(work -> SPRING.execute(work)));
        show("Spring's submit", PENDING_JOB, () -> Work.given(work -> SPRING.submit(work::call)));
        show("Spring's submitCompletable", PENDING_JOB, () -> Work.given(work -> SPRING.submitCompletable(work::call)));
        show(
                "Spring's ConcurrentTaskExecutor",
                PENDING_JOB,
                () -> Work.given(work -> new ConcurrentTaskExecutor(JobWing.POOL).execute(work)));
        show("Spring's SimpleAsyncTaskExecutor", PLATFORM_THREAD, () -> Work.given(work -> SIMPLE.execute(work)));
        show(
                "Spring's schedule",
                PENDING_JOB,
                () -> cancelling(SPRINGS_CLOCK.schedule(() -> {}, Instant.now().plusSeconds(3_600))));
        show(
                "Spring's scheduleAtFixedRate",
                PENDING_JOB,
                () -> cancelling(SPRINGS_CLOCK.scheduleAtFixedRate(() -> {}, Duration.ofMillis(5))));
        show(
                "Spring's scheduleWithFixedDelay",
                PENDING_JOB,
                () -> cancelling(SPRINGS_CLOCK.scheduleWithFixedDelay(() -> {}, Duration.ofHours(1))));
        show(
                "Spring's trigger",
                PENDING_JOB,
                () -> cancelling(SPRINGS_CLOCK.schedule(() -> {}, new CronTrigger("0 0 0 1 1 *"))));
        show("Spring's @Async", PENDING_JOB, () -> Work.given(work -> ORDERS.ship(work)));
        show("Spring's @Async with a future", PENDING_JOB, () -> Work.given(work -> ORDERS.shipAll(work)));
        show("exception of Spring's executor", TASK_EXCEPTION, () -> failed(SPRING.submit(() -> fail())));

        show("Guava's submit", PENDING_JOB, () -> Work.given(work -> GUAVA.submit((Runnable) work)));
        show("Guava's execute", PENDING_JOB, () -> Work.given(work -> GUAVA.execute(work)));
        show("Guava's schedule", PENDING_JOB, () -> cancelling(GUAVAS_CLOCK.schedule(() -> 42, 1, HOURS)));
        show(
                "Guava's scheduleAtFixedRate",
                PENDING_JOB,
                () -> cancelling(GUAVAS_CLOCK.scheduleAtFixedRate(() -> {}, 0, 5, MILLISECONDS)));
        show(
                "Guava's Futures.submit",
                PENDING_JOB,
                () -> Work.given(work -> Futures.submit((Runnable) work, JobWing.POOL)));
        show(
                "Guava's scheduleAsync",
                PENDING_JOB,
                () -> cancelling(Futures.scheduleAsync(() -> Futures.immediateVoidFuture(), 1, HOURS, JobWing.CLOCK)));
        show(
                "Guava's addCallback",
                PENDING_JOB,
                () -> Work.given(
                        work -> Futures.addCallback(Futures.immediateFuture(42), calling(work), JobWing.POOL)));
        show(
                "Guava's callback of a job",
                PENDING_JOB,
                () -> Work.given(work -> Futures.addCallback(GUAVA.submit(() -> 42), calling(work), JobWing.POOL)));
        show(
                "Guava's transform",
                PENDING_JOB,
                () -> Work.given(
                        work -> Futures.transform(Futures.immediateFuture(42), value -> work.call(), JobWing.POOL)));
        show(
                "Guava's sequential executor",
                PENDING_JOB,
                () -> Work.given(work ->
                        MoreExecutors.newSequentialExecutor(JobWing.POOL).execute(work)));

        show("Netty's executor without order", PENDING_JOB, () -> Work.given(work -> UNORDERED.execute(work)));
        show("Netty's schedule without order", PENDING_JOB, () -> cancelling(UNORDERED.schedule(() -> 42, 1, HOURS)));
        show(
                "Netty's scheduleAtFixedRate without order",
                PENDING_JOB,
                () -> cancelling(UNORDERED.scheduleAtFixedRate(() -> {}, 0, 5, MILLISECONDS)));
        // its event loops have queues of their own: what is left in those is not told
        showClean("Netty's event loop", () -> Work.given(work -> NETTY.next().execute(work)));
        showClean("Netty's schedule", () -> cancelling(NETTY.next().schedule(() -> 42, 1, HOURS)));
        showClean(
                "Netty's scheduleAtFixedRate",
                () -> cancelling(NETTY.next().scheduleAtFixedRate(() -> {}, 0, 5, MILLISECONDS)));
        show("Vert.x's executeBlocking", PENDING_JOB, () -> Work.given(work -> VERTX.executeBlocking(work, false)));
        show("OpenTelemetry's wrapper", PENDING_JOB, () -> Work.given(work -> TRACED.submit(work::call)));
        show(
                "Caffeine's loader",
                PENDING_JOB,
                () -> Work.given(work -> Caffeine.newBuilder()
                        .executor(JobWing.POOL)
                        .buildAsync(key -> work.call())
                        .get("hello")));
        showClean("Caffeine's expiry", () -> expiring()); // which is its own job
        showClean(
                "Guava's withTimeout",
                () -> left(Futures.withTimeout(SettableFuture.create(), Duration.ofHours(1), JobWing.CLOCK)));
        show(
                "Failsafe",
                PENDING_JOB,
                () -> Work.given(work -> Failsafe.with(RetryPolicy.ofDefaults())
                        .with(JobWing.POOL)
                        .getAsync(work::call)));
        show(
                "Failsafe's own pool",
                PENDING_JOB,
                () -> Work.given(work -> Failsafe.with(RetryPolicy.ofDefaults()).getAsync(work::call)));
    }

    /** With all its threads: where nobody is found to hold them, whoever starts one is charged with it. */
    private static EventLoopGroup eventLoops() {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        group.forEach(
                each -> each.submit(Thread::yield).syncUninterruptibly()); // no code of a class that is not initialised
        return group;
    }

    private static Vertx vertx() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx.executeBlocking(Object::new)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return vertx;
    }

    private static AutoCloseable left(Object pending) {
        return () -> {};
    }

    private static AutoCloseable expiring() {
        var cache = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofHours(1))
                .scheduler(Scheduler.forScheduledExecutorService(JobWing.CLOCK))
                .build();
        cache.put("hello", 5);
        return left(cache);
    }

    private static ThreadPoolTaskExecutor executor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(1_000);
        executor.setDaemon(true);
        executor.initialize();
        return executor;
    }

    private static ThreadPoolTaskScheduler scheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setDaemon(true);
        scheduler.initialize();
        return scheduler;
    }

    private static FutureCallback<Integer> calling(Work work) {
        return new FutureCallback<>() {
            @Override
            public void onSuccess(Integer value) {
                work.run();
            }

            @Override
            public void onFailure(Throwable unexpected) {
                throw new AssertionError(unexpected);
            }
        };
    }

    private static void fail() {
        throw new IllegalStateException("as planted");
    }

    private static AutoCloseable failed(Future<?> future) throws InterruptedException {
        return JobWing.failed(future);
    }

    private static AutoCloseable cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }

    static class Orders {

        @Async
        public void ship(Work work) {
            work.run();
        }

        @Async
        public CompletableFuture<String> shipAll(Work work) {
            return CompletableFuture.completedFuture(work.call());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Application {

        @Bean
        Orders orders() {
            return new Orders();
        }

        @Bean
        ThreadPoolTaskExecutor taskExecutor() {
            return SPRING;
        }
    }
}
