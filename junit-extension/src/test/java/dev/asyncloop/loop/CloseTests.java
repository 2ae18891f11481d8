package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.asyncloop.loop.core.Zombies;
import dev.asyncloop.testing.LogCapture;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** asyncio's rules for close, by their numbers in the reference; and what wakes up on a closed loop. */
@Timeout(30)
class CloseTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    @Test
    void C01_closing_twice_does_nothing() {
        loop.close();
        loop.close();
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    void C02_a_running_loop_is_not_closed() {
        loop.runUntilComplete(() -> {
            assertThatIllegalStateException().isThrownBy(loop::close).withMessage("Cannot close a running event loop");
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(loop.isClosed()).isFalse();
    }

    @Test
    void C02_nor_by_another_thread() {
        loop.runUntilComplete(() -> {
            CompletableFuture<String> refusal = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                try {
                    loop.close();
                } catch (IllegalStateException refused) {
                    refusal.complete(refused.getMessage());
                }
            });
            assertThat(Asyncio.await(refusal)).isEqualTo("Cannot close a running event loop");
        });
        assertThat(loop.isClosed()).isFalse();
    }

    @Test
    void C03_a_closed_loop_takes_nothing_more() {
        loop.close();
        List<ThrowingCallable> operations = List.of(
                () -> loop.callSoon(() -> {}),
                () -> loop.callSoonThreadsafe(() -> {}),
                () -> loop.callLater(Duration.ZERO, () -> {}),
                () -> loop.callAt(Duration.ZERO, () -> {}),
                () -> loop.createTask(() -> {}),
                () -> loop.createBackgroundTask("background", () -> {}),
                () -> loop.runUntilComplete(() -> {}),
                loop::runForever);
        assertThat(operations)
                .allSatisfy(operation ->
                        assertThatIllegalStateException().isThrownBy(operation).withMessage("Event loop is closed"));
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void C04_some_things_are_still_legal() {
        loop.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.time()).isPositive();
        loop.stop();
        assertThat(loop.createFuture().complete("x")).isTrue();
        assertThat(loop.toString()).isEqualTo("<EventLoop running=false closed=true>");
    }

    @Test
    void C05_what_was_ready_and_the_timers_are_dropped() {
        loop.callSoon(() -> events.add("soon"));
        loop.callLater(Duration.ZERO, () -> events.add("later"));
        TimerHandle cancelledAfterwards = loop.callLater(Duration.ofHours(1), () -> events.add("in an hour"));
        loop.close();
        cancelledAfterwards.cancel();
        assertThat(events).isEmpty();
    }

    @Test
    void C07_pending_tasks_are_neither_cancelled_nor_forgotten() { // found, not only when they are collected
        Task<?> suspended = loop.createTask(() -> loop.createFuture().await());
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        Task<?> unstarted = loop.createTask(() -> events.add("never"));
        loop.close();
        assertThat(suspended).isNotDone();
        assertThat(loop.allTasks()).containsExactly(suspended, unstarted);
        assertThat(loop.snapshot().tasks())
                .extracting(task -> task.state().toString())
                .containsExactly("suspended in await of a future", "not started");
        assertThat(events).isEmpty();
    }

    private static long openDescriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void C08_a_loop_holds_no_descriptor() { // asyncio's holds three
        List<Long> counts = new ArrayList<>();
        for (int times = 0; times < 2; times++) { // the first loads classes
            counts.clear();
            counts.add(openDescriptors());
            EventLoop other = EventLoop.create();
            counts.add(openDescriptors());
            other.runUntilComplete(() -> {
                Asyncio.sleep(Duration.ofMillis(1));
                counts.add(openDescriptors());
            });
            other.close();
            counts.add(openDescriptors());
        }
        assertThat(counts).containsOnly(counts.get(0));
    }

    @Test
    void C11_a_task_that_a_closed_loop_refuses_leaves_nothing() {
        loop.close();
        assertThatIllegalStateException().isThrownBy(() -> loop.createTask("refused", () -> {}));
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void C12_an_unclosed_loop_is_known() { // asyncio waits for the garbage collector
        assertThat(EventLoop.open()).contains(loop);
        loop.close();
        assertThat(EventLoop.open()).doesNotContain(loop);
    }

    @Test
    void C13_a_result_that_arrives_after_close_does_not_touch_the_loop() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        LoopFuture<String> wrapped = loop.wrap(foreign);
        wrapped.addDoneCallback(done -> events.add("never"));
        loop.close();
        foreign.complete("late");
        assertThat(wrapped.join()).isEqualTo("late");
        assertThat(events).isEmpty();
    }

    /** A daemon thread takes it on: a refusal would surface in whoever wakes it, and the lock would be lost. */
    @Test
    @Tag("scheduler")
    void a_task_that_wakes_after_close_ends_on_a_thread_of_ours_and_gives_its_lock_back() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch wakeUp = new CountDownLatch(1);
        Task<String> task = loop.createTask(() -> {
            lock.lock();
            try {
                wakeUp.await();
                Thread.sleep(1); // again, with the JDK's own thread to wake it
                return Thread.currentThread().toString();
            } finally {
                lock.unlock();
            }
        });
        Task<String> waitsForIt = loop.createTask(() -> {
            lock.lock();
            lock.unlock();
            return "had it";
        });
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(lock.isLocked()).isTrue();
        loop.close();

        long before = Zombies.count();
        try (LogCapture log = LogCapture.start()) {
            wakeUp.countDown();
            assertThat(task.get(10, TimeUnit.SECONDS)).contains("asyncloop-zombie-");
            assertThat(log.next().getMessage())
                    .isEqualTo("asyncloop: task \"task-1\" woke up after its loop was closed and goes on by itself,"
                            + " number "
                            + (before + 1) + " to do so in this JVM");
        }
        assertThat(waitsForIt.get(10, TimeUnit.SECONDS)).isEqualTo("had it");
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void a_task_that_was_ready_when_the_loop_was_closed_ends_too() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Task<?> task = loop.createTask(() -> {
            lock.lock();
            try {
                Asyncio.sleep(Duration.ZERO);
            } finally {
                lock.unlock();
            }
        });
        loop.stop();
        loop.runForever();
        assertThat(task.coroutine().isReady()).isTrue();
        loop.close();
        task.get(10, TimeUnit.SECONDS);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void a_task_that_never_started_never_runs() throws Exception {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        Task<?> started = loop.createTask(() -> Asyncio.await(foreign));
        loop.stop();
        loop.runForever();
        Task<?> unstarted = loop.createTask(() -> events.add("never"));
        loop.close();
        unstarted.cancel("whatever wakes it");
        foreign.complete("x");
        started.get(); // and with it whatever was queued before
        assertThat(unstarted).isNotDone();
        assertThat(events).isEmpty();
    }

    /** Whoever started it may wait for it. */
    @Test
    @Tag("scheduler")
    void a_virtual_thread_of_the_code_under_test_runs_also_where_it_did_not_start_before_close() throws Exception {
        BlockingQueue<String> handover = new LinkedBlockingQueue<>();
        loop.createTask(() -> Thread.startVirtualThread(() -> handover.add("plain")));
        loop.createBackgroundTask("background", () -> Thread.startVirtualThread(() -> handover.add("background")));
        loop.stop();
        loop.runForever();
        assertThat(loop.snapshot().tasks())
                .extracting(task -> task.state().toString())
                .containsOnly("not started");
        loop.close();
        assertThat(Arrays.asList(handover.poll(10, TimeUnit.SECONDS), handover.poll(10, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("plain", "background");
    }
}
