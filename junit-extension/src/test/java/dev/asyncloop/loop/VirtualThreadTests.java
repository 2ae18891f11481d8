package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.core.Here;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The virtual threads that the code under test starts itself are tasks of the loop. */
@Tag("scheduler")
@Timeout(30)
class VirtualThreadTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().debug(true));

    private final List<String> events = new ArrayList<>();

    /** The only task beside the one that asks. */
    private Task<?> onlyOther() {
        List<Task<?>> others = new ArrayList<>(loop.allTasks());
        others.remove(Asyncio.currentTask());
        assertThat(others).hasSize(1);
        return others.get(0);
    }

    @Test
    void one_that_is_started_with_startVirtualThread() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            int line = Lines.here() + 1;
            Thread thread = Thread.startVirtualThread(end::join);
            Task<?> task = onlyOther();
            assertThat(task.coroutine().thread()).isSameAs(thread);
            assertThat(task).isNotDone();
            assertThat(task.name()).isEmpty();
            assertThat(task.label()).isEqualTo("virtual thread without a name");
            assertThat(Lines.first(task.createdAt())).isEqualTo("VirtualThreadTests:" + line);
            end.complete("x");
            thread.join();
            assertThat(task).isCompletedWithValue(null);
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
    }

    @Test
    void one_with_a_name() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Thread thread = Thread.ofVirtual().name("worker").start(end::join);
            assertThat(onlyOther().name()).isEqualTo("worker");
            assertThat(onlyOther().label()).isEqualTo("virtual thread \"worker\"");
            end.complete("x");
            thread.join();
        });
    }

    @Test
    void one_of_an_executor() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                int line = Lines.here() + 1;
                executor.submit(end::join);
                assertThat(Lines.first(onlyOther().createdAt())).isEqualTo("VirtualThreadTests:" + line);
                assertThat(onlyOther().coroutine().thread()).isNotSameAs(Thread.currentThread());
                end.complete("x");
            }
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
    }

    @Test
    void one_that_fails_has_ended() {
        loop.runUntilComplete(() -> {
            Thread thread = Thread.ofVirtual()
                    .uncaughtExceptionHandler((failed, thrown) -> events.add(thrown.getMessage()))
                    .start(() -> {
                        throw new IllegalStateException("uncaught");
                    });
            Task<?> task = onlyOther();
            thread.join();
            assertThat(task).isDone();
            assertThat(loop.allTasks()).containsExactly(Asyncio.currentTask());
        });
        assertThat(events).containsExactly("uncaught");
    }

    @Test
    void they_run_one_at_a_time_on_the_thread_of_the_loop() {
        Thread driver = Thread.currentThread();
        AtomicInteger inside = new AtomicInteger();
        loop.runUntilComplete(() -> {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    executor.submit(() -> {
                        for (int turn = 0; turn < 10; turn++) {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            assertThat(loop.core().runningThread()).isSameAs(driver);
                            inside.decrementAndGet();
                            Thread.yield();
                        }
                        return events.add("done");
                    });
                }
            }
        });
        assertThat(events).hasSize(100);
    }

    @Test
    void the_first_one_that_a_virtual_thread_starts_is_on_the_loop_too() {
        loop.runUntilComplete(() -> Thread.startVirtualThread(() -> {
                    Thread inner = Thread.startVirtualThread(
                            () -> events.add(EventLoop.running().toString()));
                    assertThat(EventLoop.of(LoopCores.taskOn(loop, inner))).isSameAs(loop);
                })
                .join());
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(events).hasSize(1);
    }

    @Test
    void a_factory_makes_threads_of_the_loop_for_anybody() {
        CompletableFuture<EventLoop> running = new CompletableFuture<>();
        loop.runUntilComplete(() -> {
            Thread.ofPlatform()
                    .start(() -> loop.threadFactory()
                            .newThread(() -> running.complete(EventLoop.running()))
                            .start());
            assertThat(Asyncio.await(running)).isSameAs(loop);
        });
    }

    @Test
    void what_background_work_starts_is_background_work() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Task<?> background = loop.createBackgroundTask("poll", () -> {
                loop.createTask("child", end::await);
                Thread.startVirtualThread(end::join);
                end.await();
            });
            Task<?> foreground = loop.createTask("not background", end::await);
            Asyncio.sleep(Duration.ZERO);
            assertThat(background.isBackground()).isTrue();
            assertThat(foreground.isBackground()).isFalse();
            assertThat(loop.allTasks().stream().map(task -> task.label() + " " + task.isBackground()))
                    .containsExactly(
                            Asyncio.currentTask().label() + " false",
                            "background task \"poll\" true",
                            "task \"not background\" false",
                            "background task \"child\" true",
                            "background task without a name true");
            end.complete("x");
            background.await();
        });
    }

    @Test
    void a_thread_that_nobody_started_inside_is_not_of_the_loop() {
        loop.runUntilComplete(() -> {
            CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> Thread.startVirtualThread(() -> onLoop.complete(Here.running() != null)));
            assertThat(Asyncio.await(onLoop)).isFalse();
        });
    }
}
