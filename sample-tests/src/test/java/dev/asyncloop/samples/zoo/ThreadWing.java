package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.CHILD_PROCESS;
import static dev.asyncloop.leak.LeakKind.EXECUTOR;
import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;
import static dev.asyncloop.leak.LeakKind.PENDING_TIMER;
import static dev.asyncloop.leak.LeakKind.PLATFORM_THREAD;
import static dev.asyncloop.leak.LeakKind.RESOURCE;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import io.reactivex.rxjava3.internal.schedulers.RxThreadFactory;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Threads, executors, child processes, and what else has to be ended by hand. */
final class ThreadWing extends Wing {

    ThreadWing() {
        show("Thread", PLATFORM_THREAD, () -> started(new Thread(ThreadWing::waitForEver)));
        show(
                "Thread.ofPlatform",
                PLATFORM_THREAD,
                () -> started(Thread.ofPlatform().unstarted(ThreadWing::waitForEver)));
        show(
                "daemon",
                PLATFORM_THREAD,
                () -> started(Thread.ofPlatform().daemon().unstarted(ThreadWing::waitForEver)));
        show("thread of a thread", PLATFORM_THREAD, () -> startedBy(new Thread(ThreadWing::waitForEver)));
        show("virtual thread of a thread", PLATFORM_THREAD, ThreadWing::startedByAThread);
        show("virtual thread of a pool", PLATFORM_THREAD, ThreadWing::startedByAPool);
        show("shutdown hook", RESOURCE, () -> added(new Thread(() -> {})));
        show("JFR recording", RESOURCE, ThreadWing::recording);
        show("thread of a callback", PLATFORM_THREAD, () -> startedLater(new Thread(ThreadWing::waitForEver)));
        show("file of a thread", FILE_DESCRIPTOR, ThreadWing::openedElsewhere);
        show("Timer", PLATFORM_THREAD, () -> ticking(new Timer()));
        show("newFixedThreadPool", EXECUTOR, () -> used(Executors.newFixedThreadPool(2)));
        show("newCachedThreadPool", EXECUTOR, () -> used(Executors.newCachedThreadPool()));
        show("newSingleThreadExecutor", EXECUTOR, () -> used(Executors.newSingleThreadExecutor()));
        show("newScheduledThreadPool", EXECUTOR, () -> used(Executors.newScheduledThreadPool(1)));
        show("newSingleThreadScheduledExecutor", EXECUTOR, () -> used(Executors.newSingleThreadScheduledExecutor()));
        show("newWorkStealingPool", EXECUTOR, () -> used(Executors.newWorkStealingPool()));
        show("newThreadPerTaskExecutor", EXECUTOR, () -> used(Executors.newThreadPerTaskExecutor(Thread::new)));
        show("ForkJoinPool", EXECUTOR, () -> used(new ForkJoinPool(1)));
        show(
                "ThreadPoolExecutor",
                EXECUTOR,
                () -> used(new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>())));
        show("executor without a thread", EXECUTOR, () -> ending(new ScheduledThreadPoolExecutor(1)));
        show("virtual executor that is idle", EXECUTOR, () -> ending(Executors.newVirtualThreadPerTaskExecutor()));
        show("executor that was shut down", PLATFORM_THREAD, () -> shutDown(Executors.newFixedThreadPool(1)));
        show("executor of a delayed task", EXECUTOR, () -> delaying(Executors.newScheduledThreadPool(1)));
        show("SubmissionPublisher's executor", EXECUTOR, () -> published(Executors.newFixedThreadPool(1)));
        show("delayedExecutor", PENDING_TIMER, () -> cancelling(CompletableFuture.runAsync(() -> {}, inAnHour())));
        show(
                "delayed step",
                PENDING_TIMER,
                () -> cancelling(CompletableFuture.completedFuture(42).thenApplyAsync(value -> value, inAnHour())));
        show("executor that is busy", EXECUTOR, () -> busy(Executors.newFixedThreadPool(1)));
        show("executor of a future", EXECUTOR, () -> asked(Executors.newFixedThreadPool(1)));
        show("Spring's executor", EXECUTOR, () -> used(new ThreadPoolTaskExecutor()));
        show("Spring's scheduler", EXECUTOR, () -> used(new ThreadPoolTaskScheduler()));
        show("Reactor's scheduler", EXECUTOR, () -> used(Schedulers.newSingle("zoo")));
        show("Reactor's parallel scheduler", EXECUTOR, () -> used(Schedulers.newParallel("zoo", 1)));
        show("RxJava's factory", EXECUTOR, () -> used(Executors.newFixedThreadPool(1, new RxThreadFactory("zoo"))));
        show("Runtime.exec", FILE_DESCRIPTOR, () -> ending(Runtime.getRuntime().exec(new String[] {"sleep", "1000"})));
        show("Process", FILE_DESCRIPTOR, () -> ending(new ProcessBuilder("sleep", "1000").start()));
        show(
                "Process without pipes",
                CHILD_PROCESS,
                () -> ending(new ProcessBuilder("sleep", "1000").inheritIO().start()));
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static AutoCloseable started(Thread thread) {
        thread.start(); // leaks
        return ending(thread);
    }

    private static AutoCloseable startedBy(Thread thread) throws InterruptedException {
        Thread.ofPlatform().start(() -> thread.start()).join(); // leaks
        return ending(thread);
    }

    private static AutoCloseable startedByAThread() throws Exception {
        FutureTask<Thread> start = new FutureTask<>(() -> Thread.startVirtualThread(ThreadWing::waitForEver)); // leaks
        Thread.ofPlatform().start(start).join();
        return ending(start.get());
    }

    private static AutoCloseable startedByAPool() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            return ending(pool.submit(() -> Thread.startVirtualThread(ThreadWing::waitForEver)) // leaks
                    .get());
        }
    }

    private static AutoCloseable added(Thread hook) {
        Runtime.getRuntime().addShutdownHook(hook); // leaks
        return () -> Runtime.getRuntime().removeShutdownHook(hook);
    }

    private static AutoCloseable recording() {
        Recording recording = new Recording(); // leaks
        recording.start();
        return recording;
    }

    private static AutoCloseable startedLater(Thread thread) {
        EventLoop.running().callSoon(() -> thread.start()); // leaks
        Asyncio.sleep(Duration.ZERO);
        return ending(thread);
    }

    private static FileInputStream openedElsewhere() throws Exception {
        FutureTask<FileInputStream> open = new FutureTask<>(() -> new FileInputStream(file().toFile())); // leaks
        Thread.ofPlatform().start(open).join();
        return open.get();
    }

    private static AutoCloseable ending(Thread thread) {
        return () -> {
            thread.interrupt();
            thread.join();
        };
    }

    private static AutoCloseable ticking(Timer timer) {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {}
                },
                1_000_000);
        return timer::cancel;
    }

    private static AutoCloseable used(ExecutorService executor) throws Exception {
        executor.submit(() -> 42).get();
        return ending(executor);
    }

    private static AutoCloseable shutDown(ExecutorService executor) {
        CountDownLatch end = new CountDownLatch(1);
        executor.execute(() -> Uninterruptibles.awaitUninterruptibly(end)); // leaks
        executor.shutdown();
        return end::countDown;
    }

    private static AutoCloseable delaying(ScheduledExecutorService executor) {
        executor.schedule(() -> 42, 1, TimeUnit.HOURS);
        return ending(executor);
    }

    private static AutoCloseable published(ExecutorService executor) {
        CompletableFuture<Void> consumed;
        try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(executor, 8)) {
            consumed = publisher.consume(item -> {});
            publisher.submit("hello");
        }
        consumed.join();
        return ending(executor);
    }

    private static java.util.concurrent.Executor inAnHour() {
        return CompletableFuture.delayedExecutor(1, TimeUnit.HOURS);
    }

    private static AutoCloseable cancelling(CompletableFuture<?> future) {
        return () -> future.cancel(true);
    }

    private static AutoCloseable asked(ExecutorService executor) {
        CompletableFuture.supplyAsync(() -> 42, executor).join();
        return ending(executor);
    }

    private static AutoCloseable busy(ExecutorService executor) {
        executor.execute(ThreadWing::waitForEver);
        return ending(executor);
    }

    private static AutoCloseable ending(ExecutorService executor) {
        return executor::shutdownNow;
    }

    private static AutoCloseable used(ThreadPoolTaskExecutor executor) throws Exception {
        executor.initialize(); // leaks
        executor.submit(() -> 42).get();
        return executor::shutdown;
    }

    private static AutoCloseable used(ThreadPoolTaskScheduler scheduler) throws Exception {
        scheduler.initialize(); // leaks
        scheduler.submit(() -> 42).get();
        return scheduler::shutdown;
    }

    private static AutoCloseable used(reactor.core.scheduler.Scheduler scheduler) {
        Disposable task = scheduler.schedule(() -> {}); // leaks
        return () -> {
            task.dispose();
            scheduler.dispose();
        };
    }

    private static AutoCloseable ending(Process process) {
        return () -> {
            process.destroyForcibly();
            process.waitFor();
            process.getInputStream().close();
            process.getErrorStream().close();
            process.getOutputStream().close();
        };
    }
}
