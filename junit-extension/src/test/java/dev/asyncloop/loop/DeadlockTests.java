package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.core.PurposeFuture;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.Eventually;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Tasks that wait for nothing but each other end the run at once; wherever anybody else could wake one, nothing is said. */
@Timeout(30)
class DeadlockTests {

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop =
            EventLoop.create(LoopOptions.defaults().owner(Owner.named("test")), watchdog.watchdog());

    private final List<Task<?>> tasks = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    private static void lockAndUnlock(ReentrantLock lock) {
        lock.lock();
        lock.unlock();
    }

    /** Tasks named a, b, c …, of which each awaits the next, and the last the first. */
    private void circle(int size) {
        for (int index = 0; index < size; index++) {
            int next = (index + 1) % size;
            tasks.add(loop.createTask(String.valueOf((char) ('a' + index)), () -> {
                try {
                    tasks.get(next).await();
                } finally {
                    events.add("finally");
                }
            }));
        }
    }

    /** Does it on another thread once the loop waits. */
    private void whenIdle(Runnable action) {
        Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            action.run();
        });
    }

    /** Time passes until the watchdog has seen the loop stand still for a second. */
    private void secondPasses() {
        watchdog.passes(Duration.ofSeconds(1).plus(DrivenWatchdog.TICK));
    }

    /** The same, and once more when {@code body} was cancelled, which does not help. */
    private void secondPassesTwiceWhenIdle(Task<?> body) {
        whenIdle(() -> {
            secondPasses();
            Eventually.eventually(
                    "it was cancelled and the loop is idle again",
                    () -> body.cancelling() > 0 && loop.core().driver().isIdle());
            secondPasses();
        });
    }

    /** The sentence of the error of a run, lines as {@code :n}. */
    private static String sentence(Throwable thrown) {
        assertThat(thrown).isInstanceOf(StuckLoopException.class);
        return thrown.getMessage().lines().findFirst().orElseThrow().replaceAll("DeadlockTests\\.java:\\d+", ":n");
    }

    private String sentenceOf(LoopFuture<?> body) {
        return sentence(catchThrowable(() -> loop.runUntilComplete(body)));
    }

    @Test
    void two_tasks_that_await_each_other_are_named_with_their_lines() {
        circle(2);
        Throwable stuck = catchThrowable(() -> loop.runUntilComplete(tasks.get(0)));
        assertThat(sentence(stuck))
                .isEqualTo("The event loop can never go on: task \"a\" awaits task \"b\" (:n), task \"b\" awaits task"
                        + " \"a\" (:n)");
        assertThat(stuck)
                .hasMessageContaining(
                        "\n  1. task \"a\" (suspended in await of task \"b\")\n       created  dev.asyncloop")
                .hasMessageContaining("\n  2. task \"b\" (suspended in await of task \"a\")\n")
                .hasNoCause()
                .hasNoSuppressedExceptions();
        assertThat(stuck.getStackTrace()[0].toString()).contains("DeadlockTests.lambda$circle");
    }

    @Test
    void their_cancellation_ends_them_all_though_it_goes_round() {
        circle(3);
        assertThat(catchThrowable(() -> loop.runUntilComplete(tasks.get(1)))).isInstanceOf(StuckLoopException.class);
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(tasks).allMatch(Task::isCancelled);
        assertThat(events).containsExactly("finally", "finally", "finally");
    }

    @Test
    void so_it_does_where_somebody_else_cancels_one_of_them() {
        circle(2);
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            tasks.get(1).cancel("enough");
            assertThat(catchThrowable(tasks.get(0)::await)).isInstanceOf(CancelledException.class);
        });
        assertThat(events).hasSize(2);
    }

    @Test
    void a_cancellation_that_comes_twice_is_no_circle() {
        LoopFuture<String> end = loop.createFuture();
        Task<?> inner = loop.createTask("inner", () -> {
            try {
                end.await();
            } catch (CancelledException cancelled) {
                loop.createFuture().await();
            }
        });
        Task<?> outer = loop.createTask("outer", () -> inner.await());
        loop.runUntilComplete(() -> {
            for (int i = 0; i < 2; i++) {
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(Duration.ZERO);
                assertThat(outer).isNotDone();
                outer.cancel("again");
            }
            assertThat(catchThrowable(outer::await)).isInstanceOf(CancelledException.class);
            assertThat(inner.isCancelled()).isTrue();
        });
    }

    @Test
    void three_are_named_in_the_order_of_their_waits() {
        circle(3);
        assertThat(sentenceOf(tasks.get(1)))
                .isEqualTo("The event loop can never go on: task \"b\" awaits task \"c\" (:n), task \"c\" awaits task"
                        + " \"a\" (:n), task \"a\" awaits task \"b\" (:n)");
    }

    @Test
    void a_circle_that_the_body_is_not_in_but_waits_for() {
        circle(2);
        assertThat(sentenceOf(loop.createTask("body", () -> tasks.get(1).await())))
                .isEqualTo("The event loop can never go on: task \"body\" awaits task \"b\" (:n), task \"b\" awaits"
                        + " task \"a\" (:n), task \"a\" awaits task \"b\" (:n)");
    }

    @Test
    void a_circle_in_a_phase_names_the_main_task() {
        MainTask main = MainTasks.of(loop, "the test", Owner.named("test"));
        assertThat(sentence(catchThrowable(() -> main.run(() -> {
                    Task<?> me = Asyncio.currentTask();
                    return loop.createTask("child", () -> me.await()).await();
                }))))
                .isEqualTo("The event loop can never go on: task \"the test\" awaits task \"child\" (:n), task"
                        + " \"child\" awaits task \"the test\" (:n)");
        assertThat(main.<String>run(() -> "next")).isEqualTo("next");
        main.finish();
    }

    /** It waits for a phase, which only the thread that runs the loop could give it. */
    @Test
    void a_main_task_between_its_phases_does_not_count() {
        MainTask main = MainTasks.of(loop, "the class", Owner.named("class"));
        main.run(() -> null);
        circle(2);
        assertThat(sentenceOf(tasks.get(0))).startsWith("The event loop can never go on: task \"a\" awaits");
        main.finish();
    }

    @Test
    void a_circle_through_gather() {
        tasks.add(loop.createTask("done", () -> {}));
        tasks.add(loop.createTask(
                "a", () -> Asyncio.gather(tasks.get(0), tasks.get(2)).await()));
        tasks.add(loop.createTask("b", () -> tasks.get(1).await()));
        assertThat(sentenceOf(tasks.get(1)))
                .isEqualTo("The event loop can never go on: task \"a\" awaits gather of 2, which needs task \"b\""
                        + " (:n), task \"b\" awaits task \"a\" (:n)");
    }

    @Test
    void a_gather_of_which_one_may_still_fail_is_none() {
        LoopFuture<String> fails = loop.createFuture();
        tasks.add(loop.createTask("a", () -> Asyncio.gather(tasks.get(1), fails).await()));
        tasks.add(loop.createTask("b", () -> tasks.get(0).await()));
        whenIdle(() -> fails.completeExceptionally(new IOException("from outside")));
        assertThat(catchThrowable(() -> loop.runUntilComplete(tasks.get(0)))).hasMessage("from outside");
    }

    @Test
    void a_circle_through_the_end_of_a_group_of_tasks() {
        Task<?> owner = loop.createTask(
                "owner", () -> new PurposeFuture(loop.core(), () -> "the end of a group", () -> tasks).await());
        tasks.add(loop.createTask("member", () -> owner.await()));
        assertThat(sentenceOf(owner))
                .isEqualTo("The event loop can never go on: task \"owner\" awaits the end of a group, which needs task"
                        + " \"member\" (:n), task \"member\" awaits task \"owner\" (:n)");
    }

    @Test
    void a_circle_through_a_generator_beside_one_that_rests() {
        Task<?> consumer = loop.createTask("consumer", () -> {
            Task<?> me = Asyncio.currentTask();
            AsyncGenerator<String> resting = AsyncGenerator.of(emitter -> emitter.emit("x"));
            resting.iterator().next();
            try (resting;
                    AsyncGenerator<String> waiting = AsyncGenerator.of(emitter -> me.await())) {
                waiting.iterator().next();
            }
        });
        assertThat(sentenceOf(consumer))
                .isEqualTo("The event loop can never go on: task \"consumer\" awaits the next step of an async"
                        + " generator, which needs task \"async generator\" (:n), task \"async generator\" awaits task"
                        + " \"consumer\" (:n)");
    }

    @Test
    void background_tasks_can_be_in_it() {
        tasks.add(loop.createBackgroundTask("a", () -> tasks.get(1).await()));
        tasks.add(loop.createTask("b", () -> tasks.get(0).await()));
        assertThat(sentenceOf(tasks.get(1)))
                .isEqualTo("The event loop can never go on: task \"b\" awaits background task \"a\" (:n), background"
                        + " task \"a\" awaits task \"b\" (:n)");
    }

    @Test
    @Tag("scheduler")
    void a_lock_held_by_the_task_that_awaits_the_one_that_wants_it() {
        ReentrantLock lock = new ReentrantLock();
        assertThat(sentenceOf(loop.createTask("holder", () -> {
                    lock.lock();
                    try {
                        loop.createTask("wants it", lock::lockInterruptibly).await();
                    } finally {
                        lock.unlock();
                    }
                })))
                .isEqualTo("The event loop can never go on: task \"holder\" awaits task \"wants it\" (:n), task"
                        + " \"wants it\" wants a lock that task \"holder\" holds");
        assertThat(lock.isLocked()).isFalse();
    }

    /** What cannot be interrupted is given up at once: it is as stuck as before. */
    @Test
    @Tag("scheduler")
    void one_that_no_cancellation_ends_is_given_up_without_waiting() {
        ReentrantLock lock = new ReentrantLock();
        Task<?> holder = loop.createTask("holder", () -> {
            lock.lock();
            loop.createTask("wants it", () -> lockAndUnlock(lock)).await();
        });
        Duration start = loop.time();
        assertThat(sentenceOf(holder))
                .isEqualTo("The event loop can never go on: task \"holder\" awaits task \"wants it\" (:n), task"
                        + " \"wants it\" wants a lock that task \"holder\" holds (:n); the body was cancelled, did not"
                        + " end within 1 s and was given up");
        assertThat(loop.time().minus(start)).isLessThan(Driver.GRACE);
        assertThat(holder).isNotDone();
    }

    @Test
    @Tag("scheduler")
    void a_lock_that_a_task_ended_with_is_wanted_in_vain() {
        ReentrantLock lock = new ReentrantLock();
        loop.runUntilComplete(loop.createTask("careless", () -> lock.lock()));
        assertThat(sentenceOf(loop.createTask("wants it", () -> {
                    lock.lockInterruptibly();
                    events.add("never");
                })))
                .isEqualTo("The event loop can never go on: task \"wants it\" wants a lock that thread \"careless\","
                        + " which has ended, holds (:n)");
    }

    @Test
    @Tag("scheduler")
    void a_lock_held_around_the_run_names_the_thread() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Task<?> task = loop.createTask("wants it", () -> lockAndUnlock(lock));
        assertThat(sentenceOf(task))
                .isEqualTo("The event loop can never go on: task \"wants it\" wants a lock that thread \""
                        + Thread.currentThread().getName() + "\" holds, which runs the loop (:n); take the lock in the"
                        + " task, not around the run; the body was cancelled, did not end within 1 s and was given up");
        lock.unlock();
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).isInstanceOf(CancelledException.class);
    }

    @Test
    @Tag("scheduler")
    @EnabledForJreRange(min = JRE.JAVA_25) // before 24 the carrier is blocked; in 24 nobody can tell
    void a_monitor_held_around_the_run_is_found_a_second_later() throws Exception {
        Object monitor = new Object();
        Task<?> task = loop.createTask("wants it", () -> {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        });
        synchronized (monitor) {
            secondPassesTwiceWhenIdle(task);
            monitor.wait(1); // which makes it one that the platform thread holds, and not its virtual threads
            assertThat(sentenceOf(task))
                    .startsWith("The event loop can never go on: task \"wants it\" wants a lock that thread \""
                            + Thread.currentThread().getName() + "\" holds, which runs the loop (:n); take");
        }
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).isInstanceOf(CancelledException.class);
    }

    @Test
    @Tag("scheduler")
    @EnabledForJreRange(min = JRE.JAVA_25)
    void so_is_a_monitor_held_by_the_task_that_awaits_the_one_that_wants_it() {
        Object monitor = new Object();
        Task<?> holder = loop.createTask("holder", () -> {
            synchronized (monitor) {
                loop.createTask("wants it", () -> {
                            synchronized (monitor) {
                                monitor.notifyAll();
                            }
                        })
                        .await();
            }
        });
        secondPassesTwiceWhenIdle(holder);
        assertThat(sentenceOf(holder))
                .startsWith("The event loop can never go on: task \"holder\" awaits task \"wants it\" (:n), task"
                        + " \"wants it\" wants a lock that task \"holder\" holds (:n); the body was cancelled");
    }

    @Test
    void a_circle_of_thousands_is_found_when_the_loop_stands_still_for_a_second() {
        circle(5_000);
        whenIdle(() -> {
            watchdog.passes(Duration.ofSeconds(1));
            events.add("still running: " + loop.isRunning());
            watchdog.passes(DrivenWatchdog.TICK);
        });
        assertThat(sentenceOf(tasks.get(0)))
                .startsWith("The event loop can never go on: task \"a\" awaits task \"b\" (:n), ")
                .endsWith(", and so on");
        assertThat(events).startsWith("still running: true");
        loop.runUntilComplete(() ->
                tasks.forEach(task -> assertThat(catchThrowable(task::await)).isInstanceOf(CancelledException.class)));
    }

    // -------- what must not be taken for one

    @Test
    void a_future_that_another_thread_completes_is_none() {
        LoopFuture<String> future = loop.createFuture();
        whenIdle(() -> future.complete("from outside"));
        Task<String> inner = loop.createTask("inner", future::await);
        assertThat(loop.<String>runUntilComplete(() -> inner.await())).isEqualTo("from outside");
    }

    @Test
    void nor_a_stage_of_another_library() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        whenIdle(() -> stage.complete("from outside"));
        assertThat(loop.<String>runUntilComplete(() -> Asyncio.await(stage))).isEqualTo("from outside");
    }

    @Test
    void nor_a_circle_while_another_task_may_hear_from_outside_and_end_it() {
        circle(2);
        LoopFuture<String> future = loop.createFuture();
        loop.createTask("breaks it", () -> {
            future.await();
            tasks.get(1).cancel("broken");
        });
        whenIdle(() -> future.complete("x"));
        assertThat(catchThrowable(() -> loop.runUntilComplete(tasks.get(0)))).isInstanceOf(CancelledException.class);
    }

    @Test
    void nor_a_circle_while_a_timer_is_pending() {
        circle(2);
        loop.callLater(Duration.ofHours(1), () -> tasks.get(1).cancel("never"));
        whenIdle(() -> {
            secondPasses();
            loop.callSoonThreadsafe(() -> tasks.get(1).cancel("broken"));
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(tasks.get(0)))).isInstanceOf(CancelledException.class);
    }

    @Test
    @Tag("scheduler")
    void nor_a_circle_while_another_task_reads_a_socket() throws IOException {
        circle(2);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket peer = server.accept()) {
            loop.createTask("reads", () -> {
                events.add("read " + peer.getInputStream().read());
                tasks.get(1).cancel("broken");
            });
            whenIdle(() -> {
                try {
                    client.getOutputStream().write(7);
                } catch (IOException impossible) {
                    throw new AssertionError(impossible);
                }
            });
            assertThat(catchThrowable(() -> loop.runUntilComplete(tasks.get(0))))
                    .isInstanceOf(CancelledException.class);
        }
        assertThat(events).contains("read 7");
    }

    @Test
    @Tag("scheduler")
    void nor_a_lock_that_another_thread_holds() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().start(() -> {
            lock.lock();
            held.countDown();
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            lock.unlock();
        });
        held.await();
        loop.runUntilComplete(() -> lockAndUnlock(lock));
        holder.join();
    }

    @Test
    @Tag("scheduler")
    void nor_a_lock_that_is_wanted_for_a_time_only() {
        ReentrantLock lock = new ReentrantLock();
        assertThat(loop.<Boolean>runUntilComplete(() -> {
                    lock.lock();
                    return loop.createTask("wants it", () -> lock.tryLock(50, TimeUnit.MILLISECONDS))
                            .await();
                }))
                .isFalse();
    }

    /** The first half of {@code complete}: the loop, which may look at any time, hears of it by the second. */
    private static boolean completeSilently(LoopFuture<Integer> future, Integer value) {
        try {
            return (boolean) MethodHandles.privateLookupIn(LoopFuture.class, MethodHandles.lookup())
                    .findSpecial(
                            CompletableFuture.class,
                            "complete",
                            MethodType.methodType(boolean.class, Object.class),
                            LoopFuture.class)
                    .invoke(future, (Object) value);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void nor_a_gather_of_what_another_thread_has_completed_and_not_told_the_loop_yet() {
        loop.runUntilComplete(() -> {
            LoopFuture<Integer> child = loop.createFuture();
            LoopFuture<List<Integer>> all = Asyncio.gather(List.of(child));
            assertThat(completeSilently(child, 42)).isTrue();
            whenIdle(() -> child.complete(0));
            assertThat(all.await()).containsExactly(42);
        });
    }

    @Test
    void nor_a_loop_that_runs_for_ever_since_it_may_always_be_called() {
        circle(2);
        whenIdle(() -> loop.callSoonThreadsafe(loop::stop));
        loop.runForever();
        assertThat(tasks).noneMatch(Task::isDone);
    }
}
