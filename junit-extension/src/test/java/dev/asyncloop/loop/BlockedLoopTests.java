package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.testing.LogCapture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Loops that cannot go on, which the watchdog sees: a step that does not end, and a lock that their own thread holds. */
@Timeout(30)
class BlockedLoopTests {

    private static final CountDownLatch WARNED = new CountDownLatch(1);

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().debug(true));

    private final LogCapture log = LogCapture.start();

    @AfterEach
    void stopCapture() {
        log.close();
    }

    /** Its initialiser is a frame of the JVM's own, which no virtual thread can leave. */
    private static final class SlowToInitialise {
        static final boolean DONE = waitForWarning();

        private static boolean waitForWarning() {
            try {
                WARNED.await();
                return true;
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** Calls {@code release} when something was logged, and completes with that. */
    private LoopFuture<LogRecord> whenWarned(Runnable release) {
        LoopFuture<LogRecord> warning = loop.createFuture();
        Thread.ofPlatform().start(() -> {
            try {
                warning.complete(log.next());
            } catch (AssertionError nothing) {
                warning.completeExceptionally(nothing);
            } finally {
                release.run();
            }
        });
        return warning;
    }

    @Test
    void a_pinned_task_that_waits_is_named_with_its_line() {
        LoopFuture<LogRecord> warning = whenWarned(WARNED::countDown);
        Task<Boolean> task = loop.createTask("pinned", () -> SlowToInitialise.DONE);
        assertThat(loop.<Boolean>runUntilComplete(task)).isTrue();
        assertThat(warning.join().getLevel()).isEqualTo(Level.WARNING);
        assertThat(warning.join().getMessage())
                .matches("task \"pinned\" has kept its event loop from running anything else for a second at"
                        + " .*BlockedLoopTests\\$SlowToInitialise\\.waitForWarning\\(BlockedLoopTests\\.java:\\d+\\):"
                        + " it waits while it is pinned to the loop's thread \\(a native frame or a class initialiser"
                        + " below it, or, before JDK 24, synchronized\\); wait outside of that, or move it to another"
                        + " thread");
    }

    @Test
    void a_task_that_computes_is_named_too() {
        AtomicBoolean warned = new AtomicBoolean();
        LoopFuture<LogRecord> warning = whenWarned(() -> warned.set(true));
        Task<?> busy = loop.createTask("busy", () -> {
            while (!warned.get()) {
                Thread.onSpinWait();
            }
        });
        loop.createTask("waits for its turn", () -> {});
        loop.runUntilComplete(busy);
        assertThat(warning.join().getMessage())
                .startsWith("task \"busy\" has kept its event loop from running anything else for a second at ")
                .contains("BlockedLoopTests")
                .endsWith(": it computes, or it waits in native code; let it wait in Java code, or move it to another"
                        + " thread");
    }

    @Test
    void a_task_that_computes_keeps_nobody_waiting_while_nothing_else_is_to_run() {
        loop.runUntilComplete(() -> {
            Driver driver = loop.driver();
            assertThat(BlockedStep.describe(driver)).isEmpty();
            loop.callSoon(() -> {});
            assertThat(BlockedStep.describe(driver)).isPresent();
        });
    }

    @Test
    void a_callback_that_waits_is_told_to_be_a_task() {
        CountDownLatch warned = new CountDownLatch(1);
        LoopFuture<LogRecord> warning = whenWarned(warned::countDown);
        loop.callSoon(() -> waitFor(warned));
        loop.runUntilComplete(() -> {});
        assertThat(warning.join().getMessage())
                .matches("a callback has kept its event loop from running anything else for a second at"
                        + " .*BlockedLoopTests\\.waitFor\\(BlockedLoopTests\\.java:\\d+\\): a callback must not wait;"
                        + " make it a task");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    @Tag("scheduler")
    void a_lock_held_around_the_run_is_an_error_that_names_the_thread_and_the_line() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        int line = Lines.here() + 1;
        Task<?> task = loop.createTask("wants it", () -> takeAndGiveBack(lock));
        assertThat(catchThrowable(() -> loop.runUntilComplete(task)))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .matches("The event loop can never go on: <task \"wants it\", suspended in ReentrantLock.lock, created"
                        + " at .*BlockedLoopTests.*:" + line
                        + "\\), waiting at .*takeAndGiveBack.*> waits for a lock that"
                        + " thread \"" + Thread.currentThread().getName()
                        + "\" holds, which runs the loop; take the lock"
                        + " in the task, not around the run");
        lock.unlock();
        loop.runUntilComplete(task);
    }

    private static void takeAndGiveBack(ReentrantLock lock) {
        lock.lock();
        lock.unlock();
    }

    @Test
    @Tag("scheduler")
    @EnabledForJreRange(min = JRE.JAVA_25) // before 24 the carrier owns the monitor; in 24 nobody can tell
    void so_is_a_monitor_that_a_wait_has_inflated() throws Exception {
        Object monitor = new Object();
        Task<?> task = loop.createTask("wants it", () -> {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        });
        synchronized (monitor) {
            monitor.wait(1);
            assertThat(catchThrowable(() -> loop.runUntilComplete(task)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The event loop can never go on: <task \"wants it\", suspended in"
                            + " synchronized, created at dev.asyncloop.loop.BlockedLoopTests")
                    .hasMessageContaining("waits for a lock that thread \"");
        }
        loop.runUntilComplete(task);
    }

    @Test
    @Tag("scheduler")
    void a_monitor_around_the_run_that_nothing_has_inflated_can_be_had() {
        Object monitor = new Object();
        synchronized (monitor) {
            assertThat(loop.<Boolean>runUntilComplete(() -> {
                        synchronized (monitor) {
                            return Thread.holdsLock(monitor);
                        }
                    }))
                    .isTrue();
        }
    }

    @Test
    @Tag("scheduler")
    void a_lock_that_another_thread_holds_is_waited_for() {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().start(() -> {
            lock.lock();
            held.countDown();
            waitFor(looked);
            lock.unlock();
        });
        waitFor(held);
        loop.callLater(java.time.Duration.ofMillis(1500), looked::countDown); // past the watchdog's patience
        loop.runUntilComplete(() -> takeAndGiveBack(lock));
        assertThat(log.isEmpty()).isTrue();
        assertThat(holder.isDaemon()).isFalse();
    }
}
