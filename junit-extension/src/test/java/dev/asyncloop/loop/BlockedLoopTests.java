package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.Latches;
import dev.asyncloop.testing.LogCapture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Loops that cannot go on because of a step that does not end, which the watchdog sees. */
@Timeout(30)
class BlockedLoopTests {

    private static final CountDownLatch WARNED = new CountDownLatch(1);

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().debug(true), watchdog.watchdog());

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

    /** Has time pass until something is logged, calls {@code release} then, and completes with what was. */
    private LoopFuture<LogRecord> whenWarned(Runnable release) {
        LoopFuture<LogRecord> warning = loop.createFuture();
        Thread.ofPlatform().start(() -> {
            try {
                Eventually.eventually("the watchdog says something", () -> {
                    watchdog.passes(DrivenWatchdog.TICK);
                    return !log.isEmpty();
                });
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
                        + " thread\n  task \"pinned\" \\(running.*\\)\n       created  .*\n       waiting  .*");
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
                .contains(": it computes, or it waits in native code; let it wait in Java code, or move it to another"
                        + " thread\n  task \"busy\" (running");
    }

    @Test
    void a_callback_that_waits_is_told_to_be_a_task() {
        CountDownLatch warned = new CountDownLatch(1);
        LoopFuture<LogRecord> warning = whenWarned(warned::countDown);
        loop.callSoon(() -> Latches.waitFor(warned));
        loop.runUntilComplete(() -> {});
        assertThat(warning.join().getMessage())
                .matches("a callback has kept its event loop from running anything else for a second at"
                        + " .*Latches\\.waitFor\\(Latches\\.java:\\d+\\): a callback must not wait;"
                        + " make it a task");
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

    /** The JVM's own frame of a call to a class loader is native, as one of JNI would be. */
    @Test
    @Tag("scheduler")
    void so_is_one_that_waits_above_a_native_frame() {
        CountDownLatch warned = new CountDownLatch(1);
        LoopFuture<LogRecord> warning = whenWarned(warned::countDown);
        ClassLoader slow = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                Latches.waitFor(warned);
                throw new ClassNotFoundException(name);
            }
        };
        Task<?> task = loop.createTask("pinned", () -> Class.forName("missing.Missing", true, slow));
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).isInstanceOf(ClassNotFoundException.class);
        assertThat(warning.join().getMessage())
                .startsWith("task \"pinned\" has kept its event loop from running anything else for a second at"
                        + " dev.asyncloop.testing.Latches.waitFor(Latches.java:")
                .contains(": it waits while it is pinned to the loop's thread")
                .contains("\n  task \"pinned\" (running");
    }

    @Test
    @Tag("scheduler")
    @EnabledForJreRange(max = JRE.JAVA_23) // later ones let a virtual thread leave its carrier there
    void so_is_one_that_waits_in_a_synchronized_block() {
        CountDownLatch warned = new CountDownLatch(1);
        LoopFuture<LogRecord> warning = whenWarned(warned::countDown);
        Object monitor = new Object();
        loop.runUntilComplete(() -> {
            synchronized (monitor) {
                Latches.waitFor(warned);
            }
        });
        assertThat(warning.join().getMessage())
                .startsWith("task \"task-1\" has kept its event loop from running anything else for a second at"
                        + " dev.asyncloop.testing.Latches.waitFor(Latches.java:")
                .contains("synchronized); wait outside of that");
    }
}
