package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.FreshJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is particular to the engine that needs nothing but public API; the other tests of this package run on it too. */
@Timeout(60)
class PortableEngineTests {

    private final DrivenWatchdog watchdog = new DrivenWatchdog();
    private final EventLoop loop =
            EventLoop.create(LoopOptions.defaults().engine(LoopEngine.PORTABLE), watchdog.watchdog());
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void a_task_that_blocks_otherwise_than_by_await_holds_the_loop() {
        loop.runUntilComplete(() -> {
            loop.callSoon(() -> events.add("callback"));
            Thread.sleep(1);
            events.add("slept");
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(events).containsExactly("slept", "callback");
    }

    @Test
    void a_virtual_thread_of_the_code_under_test_is_not_on_the_loop() {
        loop.runUntilComplete(() -> {
            Thread.startVirtualThread(() -> events.add(String.valueOf(Here.running())))
                    .join();
            assertThat(loop.allTasks()).hasSize(1);
        });
        assertThat(events).containsExactly("null");
    }

    @Test
    void one_of_the_loops_factory_is() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Thread thread = loop.threadFactory().newThread(() -> {
                assertThat(EventLoop.running()).isSameAs(loop);
                events.add(end.await());
            });
            thread.start();
            while (loop.allTasks().size() < 2) { // its registration comes from that thread
                Asyncio.sleep(Duration.ofMillis(1));
            }
            Task<?> task = loop.allTasks().get(1);
            assertThat(task.coroutine().thread()).isSameAs(thread);
            end.complete("there");
            task.await();
        });
        assertThat(events).containsExactly("there");
        assertThat(loop.allTasks()).isEmpty();
    }

    /** Of its thread, which the user can get at, and not by cancel. */
    @Test
    void an_interruption_from_outside_comes_in_its_turn() {
        LoopFuture<String> never = loop.createFuture();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Task<?> task = loop.createTask(() -> {
            thread.set(Thread.currentThread());
            never.await();
        });
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            Thread.ofPlatform().start(() -> thread.get().interrupt()).join();
            assertThat(task).isNotDone();
            assertThat(catchThrowable(task::await)).isInstanceOf(CancelledException.class);
        });
        assertThat(never).isCancelled();
    }

    @Test
    void a_cancellation_that_reached_the_thread_before_its_turn_is_not_lost() {
        LoopFuture<String> future = loop.createFuture();
        Task<?> task = loop.createTask(() -> {
            events.add(future.await());
            Asyncio.sleep(Duration.ZERO);
        });
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            future.complete("result");
            task.cancel("enough");
            while (task.coroutine().thread().isInterrupted()) { // it takes the interruption and waits on for its turn
                Thread.onSpinWait();
            }
            assertThat(task.coroutine().isInterrupted()).isTrue();
            assertThat(catchThrowable(task::await))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("enough");
        });
        assertThat(events).containsExactly("result");
    }

    @Test
    void a_body_that_holds_the_loop_and_ignores_its_interruption_is_left_behind() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
        LoopFuture<String> later = loop.createFuture();
        Thread driver = Thread.currentThread();
        Task<?> body = loop.createTask(() -> {
            driver.interrupt();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException ignored) {
                    // stubborn
                }
            }
            refusals.add(String.valueOf(catchThrowable(EventLoop::running).getMessage()));
            return later.await();
        });
        Thread.ofPlatform().start(() -> {
            Eventually.eventually("it has its grace", () -> watchdog.isDueIn(Driver.GRACE));
            watchdog.passes(Driver.GRACE);
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(body)))
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("the body did not end within 1 s of its interruption and was given up");
        assertThat(body).isNotDone();

        loop.runUntilComplete(() -> {
            body.cancel("woken while it runs by itself");
            Asyncio.sleep(Duration.ofMillis(1));
            release.countDown();
            assertThat(refusals.poll(10, TimeUnit.SECONDS)).isEqualTo("no running event loop");
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(body))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wake_ups_from_other_threads_are_not_lost() {
        int rounds = 2_000;
        BlockingQueue<LoopFuture<Integer>> wanted = new LinkedBlockingQueue<>();
        Thread other = Thread.ofPlatform().start(() -> {
            for (int round = 0; round < rounds * 3; round++) {
                try {
                    wanted.take().complete(round);
                } catch (InterruptedException end) {
                    return;
                }
            }
        });
        loop.runUntilComplete(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                tasks.add(loop.createTask(() -> {
                    for (int round = 0; round < rounds; round++) {
                        LoopFuture<Integer> future = loop.createFuture();
                        wanted.add(future);
                        future.await();
                    }
                }));
            }
            tasks.forEach(Task::await);
            other.join();
        });
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    @Tag("scheduler")
    void both_engines_can_be_used_in_one_program() {
        try (EventLoop other = EventLoop.create(LoopOptions.defaults().engine(LoopEngine.SCHEDULER))) {
            loop.runUntilComplete(() -> assertThat(EventLoop.running()).isSameAs(loop));
            other.runUntilComplete(() -> assertThat(EventLoop.running()).isSameAs(other));
        }
    }

    /** Has no access to the JDK. */
    static final class Program {
        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try (EventLoop loop = EventLoop.create()) {
                    loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
                    System.out.println("ran");
                } catch (Throwable refused) {
                    System.out.println(refused.getMessage());
                }
            }
        }
    }

    @Test
    void it_is_used_where_the_jdk_is_closed_which_one_line_says() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "-Dasyncloop.self-attach=false");
        assertThat(result.output()).isEqualTo("ran\nran\n");
        assertThat(result.error())
                .containsOnlyOnce("WARNING: asyncloop: portable engine, the JDK is closed to it. Add"
                        + " -javaagent:<path of asyncloop-junit.jar> or --add-opens java.base/java.lang=ALL-UNNAMED to"
                        + " the options of the test JVM, or let asyncloop attach to it, which"
                        + " asyncloop.self-attach=false forbids. Not looked for are virtual threads that the code under"
                        + " test starts. Only await, sleep and the like let other tasks run, and thread-locals of"
                        + " JUnit's thread are not there in the body of a test. asyncloop.require fails a run that"
                        + " cannot look");
    }

    @Test
    void it_can_be_asked_for() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "-Dasyncloop.engine=portable");
        assertThat(result.output()).isEqualTo("ran\nran\n");
        assertThat(result.error())
                .containsOnlyOnce(
                        "INFO: asyncloop: portable engine, as asyncloop.engine or LoopOptions says. Not looked"
                                + " for are virtual threads");
    }

    @Test
    void another_name_is_refused_in_one_sentence() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "-Dasyncloop.engine=fast");
        assertThat(result.output())
                .startsWith("The system property asyncloop.engine is 'fast'; it must be 'scheduler' or 'portable'\n");
    }
}
