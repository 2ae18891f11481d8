package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.PENDING_TASK;
import static dev.asyncloop.leak.LeakKind.PENDING_TIMER;
import static dev.asyncloop.leak.LeakKind.TASK_EXCEPTION;
import static dev.asyncloop.leak.LeakKind.UNCLOSED_LOOP;
import static dev.asyncloop.leak.LeakKind.UNFINISHED_GENERATOR;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;

import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Handle;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Runner;
import dev.asyncloop.loop.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tasks, virtual threads, loops and generators. */
final class LoopWing extends Wing {

    LoopWing() {
        show("createTask", PENDING_TASK, () -> ending(loop().createTask(LoopWing::sleep)));
        show("task with a name", PENDING_TASK, () -> ending(loop().createTask("poll", LoopWing::sleep)));
        show(
                "task in await",
                PENDING_TASK,
                () -> ending(loop().createTask(() -> loop().createFuture().await())));
        show("task at a lock", PENDING_TASK, () -> ending(loop().createTask(() -> new CountDownLatch(1).await())));
        show("gather", PENDING_TASK, () -> ending(Asyncio.gather(List.of(loop().createTask(LoopWing::sleep)))));
        show("command of asExecutor", PENDING_TASK, () -> busy(loop().asExecutor()));
        show("startVirtualThread", PENDING_TASK, () -> ending(Thread.startVirtualThread(LoopWing::sleep)));
        show(
                "Thread.ofVirtual",
                PENDING_TASK,
                () -> ending(Thread.ofVirtual().name("v").start(LoopWing::sleep)));
        show(
                "thread factory of the loop",
                PENDING_TASK,
                () -> started(loop().threadFactory().newThread(LoopWing::sleep)));
        show("virtual executor", PENDING_TASK, () -> busy(Executors.newVirtualThreadPerTaskExecutor()));
        show("toThread", PENDING_TASK, LoopWing::outside);
        show("callback that schedules itself", PENDING_TIMER, LoopWing::endless);
        show("callLater", PENDING_TIMER, () -> cancelling(loop().callLater(Duration.ofHours(1), () -> {})));
        show("callAt", PENDING_TIMER, () -> cancelling(loop().callAt(Duration.ofHours(1), () -> {})));
        show(
                "delayed command",
                PENDING_TIMER,
                () -> cancelling(loop().asExecutor().schedule(() -> {}, 1, HOURS)));
        show(
                "periodic command",
                PENDING_TIMER,
                () -> cancelling(loop().asExecutor().scheduleAtFixedRate(() -> {}, 1, 1, HOURS)));
        show("exception of a task", TASK_EXCEPTION, () -> seen(loop().createTask(LoopWing::fail)));
        show(
                "exception of a background task",
                TASK_EXCEPTION,
                () -> seen(loop().createBackgroundTask("b", LoopWing::fail)));
        show("EventLoop", UNCLOSED_LOOP, () -> EventLoop.create());
        show("EventLoop of a job", UNCLOSED_LOOP, LoopWing::ofJob);
        show("EventLoop of a thread", UNCLOSED_LOOP, LoopWing::ofThread);
        show("Runner", UNCLOSED_LOOP, LoopWing::runner);
        show("AsyncGenerator", UNFINISHED_GENERATOR, () -> begun(AsyncGenerator.of(out -> out.emit("hello"))));
        show("generator of a publisher", UNFINISHED_GENERATOR, () -> begun(AsyncGenerator.from(publisher())));
    }

    private static EventLoop loop() {
        return EventLoop.running();
    }

    private static void sleep() {
        Asyncio.sleep(Duration.ofHours(1));
    }

    private static AutoCloseable outside() {
        CountDownLatch end = new CountDownLatch(1);
        Task<?> task = loop().createTask(() -> Asyncio.toThread(() -> end.await())); // leaks
        return () -> {
            end.countDown();
            ending(task).close();
        };
    }

    private static AutoCloseable endless() {
        AtomicBoolean enough = new AtomicBoolean();
        again(loop(), enough);
        return () -> enough.set(true);
    }

    private static void again(EventLoop loop, AtomicBoolean enough) {
        if (!enough.get()) {
            loop.callLater(Duration.ZERO, () -> again(loop, enough)); // leaks
        }
    }

    private static AutoCloseable ofJob() {
        return Asyncio.toThread(() -> {
            return EventLoop.create(); // leaks
        });
    }

    private static AutoCloseable ofThread() throws Exception {
        FutureTask<EventLoop> made = new FutureTask<>(() -> EventLoop.create()); // leaks
        Thread.ofPlatform().start(made).join();
        return made.get();
    }

    private static AutoCloseable runner() {
        Runner runner = Runner.create();
        runner.loop(); // leaks
        return () -> Thread.ofPlatform().start(runner::close).join(); // closing it runs its loop
    }

    private static AutoCloseable ending(LoopFuture<?> future) {
        return () -> {
            future.cancel("the clean twin ends it");
            try {
                future.await();
            } catch (CancellationException expected) {
                // that was asked for
            }
        };
    }

    private static AutoCloseable cancelling(Handle timer) {
        return timer::cancel;
    }

    private static AutoCloseable cancelling(Future<?> command) {
        return () -> command.cancel(false);
    }

    private static void fail() {
        throw new IllegalStateException("as planted");
    }

    private static AutoCloseable seen(LoopFuture<?> failing) {
        return () -> failing.addDoneCallback(done -> {});
    }

    private static AutoCloseable started(Thread thread) {
        thread.start(); // leaks
        return ending(thread);
    }

    private static AutoCloseable ending(Thread thread) {
        return () -> {
            thread.interrupt();
            thread.join();
        };
    }

    private static AutoCloseable busy(ExecutorService executor) {
        executor.execute(LoopWing::sleep); // leaks
        return () -> {
            executor.shutdownNow();
            executor.awaitTermination(1, MINUTES);
        };
    }

    private static <T> AsyncGenerator<T> begun(AsyncGenerator<T> generator) {
        generator.iterator().next();
        return generator;
    }

    private static SubmissionPublisher<String> publisher() {
        SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 8) {
            @Override
            public void subscribe(java.util.concurrent.Flow.Subscriber<? super String> subscriber) {
                super.subscribe(subscriber);
                submit("hello");
            }
        };
        return publisher;
    }
}
