package dev.asyncloop.loop;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interruption of the thread that runs a loop, whatever it is doing: asyncio's Ctrl-C. */
@Timeout(60)
class InterruptionTests {

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().debug(true), watchdog.watchdog());

    private final List<String> events = new ArrayList<>();
    private final Thread driver = Thread.currentThread();

    @AfterEach
    void clearStatus() {
        assertThat(Thread.interrupted()).as("left interrupted").isFalse();
    }

    /** Interrupts the thread of the loop once it waits for something to do. */
    private void interruptWhenIdle() {
        whenIdle(driver::interrupt);
    }

    /** Does it on another thread once the loop waits. */
    private void whenIdle(Runnable action) {
        Thread.ofPlatform().start(() -> {
            Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
            action.run();
        });
    }

    /** Interrupts the thread of the loop from another thread, and returns when that is done. */
    private void interruptNow() {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            driver.interrupt();
            done.countDown();
        });
        // busy: the virtual thread stays on its carrier
        while (done.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void an_idle_loop_is_interrupted_and_the_body_cancelled() {
        Task<?> other = loop.createTask("other", () -> loop.createFuture().await());
        interruptWhenIdle();
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    try {
                        loop.createFuture().await();
                    } finally {
                        events.add("finally");
                    }
                })))
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("interrupted while the event loop was running\n  1. task \"other\" (suspended")
                .hasMessageContaining("2. task \"task-2\"");
        assertThat(events).containsExactly("finally");
        assertThat(other).isNotDone();
    }

    /** The JDK clears the carrier's status when the virtual thread suspends. */
    @Test
    void a_busy_virtual_thread_does_not_swallow_it() {
        loop.createTask(() -> {
            interruptNow();
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(catchThrowable(
                        () -> loop.runUntilComplete(() -> loop.createFuture().await())))
                .isInstanceOf(InterruptedException.class);
    }

    /** A channel that is used on the loop's own thread, in a callback, takes the sensor's place. */
    @Test
    void a_callback_that_used_a_channel_does_not_swallow_it(@TempDir Path folder) {
        loop.callSoon(() -> {
            try (FileChannel file = FileChannel.open(folder.resolve("x"), CREATE, WRITE)) {
                file.write(ByteBuffer.wrap(new byte[1]));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    Asyncio.sleep(Duration.ZERO);
                    loop.createTask(InterruptionTests.this::interruptNow);
                    loop.createFuture().await();
                })))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_busy_body_is_told_at_once() {
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    interruptNow();
                    events.add("interrupted: " + Thread.currentThread().isInterrupted());
                    Thread.sleep(Duration.ofHours(1));
                })))
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("interrupted while the event loop was running");
        assertThat(events).containsExactly("interrupted: true");
    }

    @Test
    void it_is_not_lost_either_where_the_loop_runs_forever() {
        loop.createTask(() -> {
            interruptNow();
            Thread.yield();
        });
        assertThat(catchThrowable(loop::runForever))
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("interrupted while the event loop was running");
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void an_idle_loop_that_runs_forever_is_interrupted() {
        Task<?> pending = loop.createTask("pending", () -> loop.createFuture().await());
        interruptWhenIdle();
        assertThat(catchThrowable(loop::runForever))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("1. task \"pending\" (suspended in await of a future)");
        assertThat(pending).isNotDone(); // nobody asked for it to end
    }

    @Test
    void before_the_run_it_keeps_the_body_from_running() {
        driver.interrupt();
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> events.add("never"))))
                .isInstanceOf(InterruptedException.class);
        driver.interrupt();
        assertThat(catchThrowable(loop::runForever)).isInstanceOf(InterruptedException.class);
        assertThat(events).isEmpty();
        assertThat(loop.<String>runUntilComplete(() -> "next")).isEqualTo("next");
    }

    @RepeatedTest(2)
    void before_a_phase_it_is_there_when_the_phase_is_called() { // as JUnit itself calls a tear-down
        MainTask main = MainTasks.of(loop, "test", Owner.named("test"));
        for (int phase = 0; phase < 2; phase++) { // the coroutine starts, then it waits
            driver.interrupt();
            assertThat(catchThrowable(() -> main.run(() -> {
                        events.add("interrupted: " + Thread.currentThread().isInterrupted());
                        Thread.sleep(Duration.ofHours(1));
                        return null;
                    })))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessageStartingWith("interrupted while the event loop was running");
        }
        assertThat(events).containsExactly("interrupted: true", "interrupted: true");
        assertThat(main.<String>run(() -> {
                    Thread.sleep(1);
                    return "next";
                }))
                .isEqualTo("next");
        main.finish();
    }

    @Test
    void a_body_that_ends_normally_keeps_its_result_and_the_status_is_restored() {
        assertThat(loop.<String>runUntilComplete(() -> {
                    try {
                        interruptNow();
                        Asyncio.sleep(Duration.ofHours(1));
                    } catch (CancelledException cancelled) {
                        events.add(cancelled.getMessage());
                    }
                    return "result";
                }))
                .isEqualTo("result");
        assertThat(events).containsExactly("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_body_that_fails_otherwise_keeps_its_failure_and_the_status_is_restored() {
        IOException failure = new IOException("while cleaning up");
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                    interruptNow();
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_error_that_leaves_the_run_restores_the_status_too() {
        Task<?> body = loop.createTask(() -> {
            interruptNow();
            try {
                Asyncio.sleep(Duration.ofHours(1));
            } catch (CancelledException ignored) {
                loop.callSoon(() -> {
                    throw new AssertionError("callback");
                });
                Asyncio.sleep(Duration.ofHours(1));
            }
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(body))).hasMessage("callback");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @Tag("scheduler")
    void a_body_that_ignores_it_is_given_up_after_the_grace_period() {
        LoopFuture<String> never = loop.createFuture();
        whenIdle(() -> {
            watchdog.passes(Driver.GRACE.minusMillis(1));
            events.add("still running: " + loop.isRunning());
            watchdog.passes(Duration.ofMillis(1));
        });
        Task<?> body = loop.createTask("stubborn", () -> {
            interruptNow();
            never.join();
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(body)))
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("the body did not end within 1 s of its interruption and was given up:"
                        + " interrupted while the event loop was running\n  1. task \"stubborn\" (suspended in"
                        + " CompletableFuture.join)\n")
                .hasMessageContaining("created  dev.asyncloop.loop.InterruptionTests");
        assertThat(events).containsExactly("still running: true");
        assertThat(body).isNotDone();

        never.complete("x");
        assertThat(catchThrowable(() -> loop.runUntilComplete(body))).isInstanceOf(CancelledException.class);
    }

    @Test
    @Tag("scheduler")
    void a_second_one_ends_the_run_at_once() {
        AtomicBoolean again = new AtomicBoolean();
        Task<?> body = loop.createTask(() -> {
            interruptNow();
            while (!again.get()) {
                Thread.yield();
            }
        });
        loop.createTask(() -> {
            Asyncio.sleep(Duration.ZERO); // until the first one was heeded
            Asyncio.sleep(Duration.ZERO);
            interruptNow();
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(body)))
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("interrupted while the event loop was running");
        assertThat(body).isNotDone();
        again.set(true);
        assertThat(catchThrowable(() -> loop.runUntilComplete(body))).isInstanceOf(CancelledException.class);
    }

    @Test
    void nothing_of_it_is_left_for_the_next_run() {
        interruptWhenIdle();
        assertThat(catchThrowable(
                        () -> loop.runUntilComplete(() -> loop.createFuture().await())))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        loop.runUntilComplete(() ->
                Asyncio.toThread(() -> watchdog.passes(Driver.GRACE.plusMillis(50)))); // past when it would be given up
    }
}
