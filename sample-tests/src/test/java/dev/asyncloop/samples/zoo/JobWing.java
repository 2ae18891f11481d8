package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.PENDING_JOB;
import static dev.asyncloop.leak.LeakKind.PENDING_TASK;
import static dev.asyncloop.leak.LeakKind.PENDING_TIMER;
import static dev.asyncloop.leak.LeakKind.PLATFORM_THREAD;
import static dev.asyncloop.leak.LeakKind.TASK_EXCEPTION;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Jobs in the JDK's pools, which are older than the tests that give them, and go on after them. */
final class JobWing extends Wing {

    /** Has a thread for each job. */
    static final ExecutorService POOL = Executors.newCachedThreadPool(daemons("zoo-pool-"));

    static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(4, daemons("zoo-clock-"));

    /** Never comes to what is given to it. */
    static final ThreadPoolExecutor BUSY = busy();

    private static final ForkJoinPool FORKS = new ForkJoinPool(2);

    private static final ExecutorService PER_JOB = Executors.newThreadPerTaskExecutor(daemons("zoo-job-"));

    private static final ExecutorService VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    /** Where there are few processors, JDKs before 25 have a thread for each job of {@code runAsync}. */
    private static final LeakKind OF_ASYNC =
            new CompletableFuture<>().defaultExecutor() instanceof ForkJoinPool ? PENDING_JOB : PLATFORM_THREAD;

    private ExecutorService ofClass = POOL;

    JobWing() {
        show("execute", PENDING_JOB, () -> Work.given(work -> POOL.execute(work)));
        show("submit", PENDING_JOB, () -> Work.given(work -> POOL.submit((Runnable) work)));
        show("submit of a Callable", PENDING_JOB, () -> Work.given(work -> POOL.submit(work::call)));
        show("submit of a FutureTask", PENDING_JOB, () -> Work.given(work -> POOL.submit(new FutureTask<>(work))));
        show("pool of the class", PENDING_JOB, () -> cancelling(ofClass.submit(JobWing::sleep)));
        show("invokeAny", PENDING_JOB, () -> Work.given(work -> POOL.invokeAny(List.of(work::call, work::begun))));
        show("invokeAll", PENDING_JOB, () -> Work.given(work -> invokeAllForShort(work)));
        show(
                "ExecutorCompletionService",
                PENDING_JOB,
                () -> Work.given(work -> completing().submit(work)));
        show(
                "job of a job",
                PENDING_JOB,
                () -> Work.given(work -> POOL.submit(() -> POOL.execute(work)).get()));
        show(
                "job of a job elsewhere",
                PENDING_JOB,
                () -> Work.given(work -> FORKS.submit(() -> POOL.execute(work)).get()));
        show("queued job", PENDING_JOB, () -> cancelling(BUSY.submit(() -> 42)));
        show("queued Runnable", PENDING_JOB, () -> queued(job -> BUSY.execute(job)));
        show("queued step", PENDING_JOB, () -> cancelling(CompletableFuture.supplyAsync(() -> 42, BUSY)));

        show("schedule", PENDING_JOB, () -> cancelling(CLOCK.schedule(() -> 42, 1, HOURS)));
        show(
                "schedule that is due",
                PENDING_JOB,
                () -> Work.given(work -> CLOCK.schedule(work::call, 1, MILLISECONDS)));
        show(
                "scheduleAtFixedRate",
                PENDING_JOB,
                () -> cancelling(CLOCK.scheduleAtFixedRate(() -> {}, 0, 5, MILLISECONDS)));
        show(
                "scheduleWithFixedDelay",
                PENDING_JOB,
                () -> cancelling(CLOCK.scheduleWithFixedDelay(() -> {}, 1, 1, HOURS)));
        show(
                "schedule in the common pool",
                PENDING_JOB,
                () -> cancelling(commonClock().schedule(() -> 42, 1, HOURS)));
        show(
                "scheduleAtFixedRate in the common pool",
                PENDING_JOB,
                () -> cancelling(commonClock().scheduleAtFixedRate(() -> {}, 0, 5, MILLISECONDS)));
        show(
                "delayedExecutor of a pool",
                PENDING_TIMER,
                () -> cancelling(CompletableFuture.runAsync(() -> {}, inAnHour())));

        show("runAsync", OF_ASYNC, () -> Work.given(work -> CompletableFuture.runAsync(work)));
        show("runAsync in a pool", PENDING_JOB, () -> Work.given(work -> CompletableFuture.runAsync(work, POOL)));
        show("supplyAsync", OF_ASYNC, () -> Work.given(work -> CompletableFuture.supplyAsync(work::call)));
        show(
                "supplyAsync in a pool",
                PENDING_JOB,
                () -> Work.given(work -> CompletableFuture.supplyAsync(work::call, POOL)));
        show(
                "supplyAsync with orTimeout",
                PENDING_JOB,
                () -> Work.given(
                        work -> CompletableFuture.supplyAsync(work::call, POOL).orTimeout(1, HOURS)));
        show(
                "thenApplyAsync",
                PENDING_JOB,
                () -> Work.given(
                        work -> CompletableFuture.completedFuture(42).thenApplyAsync(value -> work.call(), POOL)));
        show(
                "thenAcceptAsync after supplyAsync",
                PENDING_JOB,
                () -> Work.given(work ->
                        CompletableFuture.supplyAsync(() -> 42, POOL).thenAcceptAsync(value -> work.run(), POOL)));
        show(
                "thenComposeAsync",
                PENDING_JOB,
                () -> Work.given(work -> CompletableFuture.completedFuture(42)
                        .thenComposeAsync(value -> CompletableFuture.runAsync(work, POOL), POOL)));
        show(
                "completeAsync",
                PENDING_JOB,
                () -> Work.given(work -> new CompletableFuture<String>().completeAsync(work::call, POOL)));
        show(
                "common pool",
                PENDING_JOB,
                () -> Work.given(work -> ForkJoinPool.commonPool().execute(work)));
        show(
                "submit to the common pool",
                PENDING_JOB,
                () -> Work.given(work -> ForkJoinPool.commonPool().submit((Runnable) work)));
        show("parallel stream", PENDING_JOB, () -> Work.given(work -> FORKS.submit(() -> parallel(work))));
        show("fork", PENDING_JOB, () -> Work.given(work -> new Fork(work).fork()));
        show(
                "fork of a job",
                PENDING_JOB,
                () -> Work.given(
                        work -> FORKS.submit(() -> new Fork(work).fork()).get()));
        show("SubmissionPublisher", PENDING_JOB, () -> Work.given(work -> published(work)));
        show("virtual threads of all", PENDING_TASK, () -> cancelling(VIRTUAL.submit(JobWing::sleep)));
        show("thread per job", PENDING_JOB, () -> Work.given(work -> PER_JOB.execute(work)));
        show(
                "virtual threads of all, of a job",
                PENDING_JOB,
                () -> Work.given(
                        work -> POOL.submit(() -> VIRTUAL.execute(work)).get()));

        show("exception of submit", TASK_EXCEPTION, () -> failed(POOL.submit(() -> fail())));
        show("exception of runAsync", TASK_EXCEPTION, () -> failed(CompletableFuture.runAsync(() -> fail(), POOL)));
        show(
                "exception of a step",
                TASK_EXCEPTION,
                () -> failed(CompletableFuture.completedFuture(42).thenAcceptAsync(value -> fail(), POOL)));
        show("exception of schedule", TASK_EXCEPTION, () -> failed(CLOCK.schedule(() -> fail(), 1, MILLISECONDS)));
        show(
                "exception of scheduleAtFixedRate",
                TASK_EXCEPTION,
                () -> failed(CLOCK.scheduleAtFixedRate(() -> fail(), 0, 1, HOURS)));

        showClean("job that ends soon", () -> done(() -> POOL.submit(() -> {})));
        showClean("job in the background", () -> done(() -> Leaks.background(() -> POOL.submit(JobWing::sleep))));
        showClean(
                "delayed job in the background",
                () -> done(() -> Leaks.background(() -> CLOCK.schedule(() -> 42, 5, SECONDS))));
        showClean(
                "orTimeout of a future that nobody completes",
                () -> done(() -> new CompletableFuture<>().orTimeout(1, HOURS)));
        showClean("completeOnTimeout", () -> done(() -> new CompletableFuture<>().completeOnTimeout(42, 1, HOURS)));
    }

    /** Is older than the tests, and younger than the class. */
    @BeforeAll
    void make() {
        ofClass = Executors.newCachedThreadPool(daemons("zoo-class-"));
    }

    @AfterAll
    void shutDown() {
        ofClass.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }

    private static ThreadPoolExecutor busy() {
        ThreadPoolExecutor busy =
                new ThreadPoolExecutor(1, 1, 0, SECONDS, new LinkedBlockingQueue<>(), daemons("zoo-busy-"));
        busy.execute(new Work());
        return busy;
    }

    /** Since JDK 25 the common pool is one that delays jobs. */
    private static ScheduledExecutorService commonClock() {
        return (Object) ForkJoinPool.commonPool() instanceof ScheduledExecutorService common ? common : CLOCK;
    }

    private static Executor inAnHour() {
        return CompletableFuture.delayedExecutor(1, HOURS, POOL);
    }

    private static ExecutorCompletionService<String> completing() {
        return new ExecutorCompletionService<>(POOL);
    }

    private static void invokeAllForShort(Work work) throws InterruptedException {
        do { // the time may be over before a thread begins it
            POOL.invokeAll(List.of(work), 10, MILLISECONDS); // leaks
        } while (!work.hasBegun());
    }

    private static void parallel(Work work) {
        IntStream.range(0, 4).parallel().forEach(i -> work.run());
    }

    private static void published(Work work) {
        try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(POOL, 8)) {
            publisher.consume(item -> work.run()); // leaks
            publisher.submit("hello"); // leaks
        }
    }

    private static AutoCloseable cancelling(Future<?> future) {
        return () -> future.cancel(true);
    }

    private static AutoCloseable queued(Consumer<Runnable> giver) {
        Runnable job = new Work();
        giver.accept(job);
        return () -> assertThat(BUSY.remove(job)).isTrue();
    }

    private static void fail() {
        throw new IllegalStateException("as planted");
    }

    /** Has failed, and nobody has looked. */
    static AutoCloseable failed(Future<?> future) throws InterruptedException {
        while (!future.isDone()) {
            Thread.sleep(1);
        }
        return () -> assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("as planted");
    }

    private static AutoCloseable done(Callable<?> giver) throws Exception {
        giver.call();
        return () -> {};
    }

    private static String sleep() throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(5));
        return "rested";
    }

    @SuppressWarnings("serial") // nobody serialises it
    private static final class Fork extends RecursiveAction {

        private final Work work;

        Fork(Work work) {
            this.work = work;
        }

        @Override
        protected void compute() {
            work.run();
        }
    }
}
