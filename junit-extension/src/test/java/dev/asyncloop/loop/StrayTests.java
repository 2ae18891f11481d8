package dev.asyncloop.loop;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that is taken from a thread which a task does not give back, and the task that strays. */
@Tag("scheduler")
@Timeout(60)
class StrayTests {

    private static final Owner OWNER = Owner.named("the test");

    @AutoClose
    private final EventLoop loop =
            EventLoop.create(LoopOptions.defaults().owner(OWNER).debug(true));

    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean over;
    private Thread driver;

    @AfterEach
    void end() {
        over = true;
    }

    private void spin() {
        begun.countDown();
        while (!over) {
            Thread.onSpinWait();
        }
    }

    private void runElsewhere(ThrowingRunnable body) throws InterruptedException {
        driver =
                Thread.ofPlatform().daemon().start(() -> thrown.set(catchThrowable(() -> loop.runUntilComplete(body))));
        begun.await();
    }

    private boolean takeAway() {
        return loop.account(OWNER).takeAway();
    }

    @Test
    void another_thread_can_run_the_loop_while_the_stray_goes_on() throws InterruptedException {
        runElsewhere(this::spin);
        assertThat(catchThrowable(() -> loop.runUntilComplete(() -> 1)))
                .hasMessage("This event loop is already running");
        assertThat(takeAway()).isTrue();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.runUntilComplete(() -> loop.createTask(() -> 42).await()))
                .isEqualTo(42);
        assertThat(LoopDump.of(loop)).contains("(running)").contains("StrayTests.spin(");
    }

    @Test
    void the_thread_that_comes_back_from_it_touches_nothing() throws InterruptedException {
        runElsewhere(this::spin);
        assertThat(takeAway()).isTrue();
        loop.runUntilComplete(() -> {
            over = true;
            driver.join();
            assertThat(loop.isRunning()).isTrue();
            assertThat(loop.createTask(() -> "still there").await()).isEqualTo("still there");
        });
        assertThat(thrown.get())
                .isInstanceOf(InterruptedException.class)
                .hasMessageStartingWith("the body did not end within 1 s of its interruption and was given up");
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void an_interruption_of_that_thread_is_none_of_the_next_run() throws InterruptedException {
        runElsewhere(this::spin);
        assertThat(takeAway()).isTrue();
        loop.runUntilComplete(() -> {
            driver.interrupt();
            Asyncio.sleep(Duration.ofMillis(1));
            Thread.yield();
        });
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void a_stray_is_not_on_the_loop_and_still_works_for_its_owner() throws Exception {
        CompletableFuture<Object> seen = new CompletableFuture<>();
        runElsewhere(() -> {
            spin();
            seen.complete(CurrentOwner.get() + ", "
                    + catchThrowable(EventLoop::running).getMessage());
        });
        assertThat(takeAway()).isTrue();
        over = true;
        assertThat(seen.get()).isEqualTo("the test, no running event loop");
    }

    @Test
    void a_stray_that_waits_comes_back_to_the_loop() throws InterruptedException {
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicReference<EventLoop> seen = new AtomicReference<>();
        runElsewhere(() -> {
            spin();
            goesOn.await();
            seen.set(EventLoop.running());
        });
        assertThat(takeAway()).isTrue();
        over = true;
        driver.join();
        goesOn.countDown();
        loop.runUntilComplete(() -> eventually("it is back", () -> {
            Thread.yield();
            return seen.get() != null;
        }));
        assertThat(seen.get()).isSameAs(loop);
    }

    @Test
    void what_a_loop_that_waits_has_is_not_taken() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        runElsewhere(() -> {
            begun.countDown();
            end.await();
        });
        eventually("it waits", loop.core().driver()::isIdle);
        assertThat(takeAway()).isFalse();
        end.countDown();
        driver.join();
        assertThat(thrown.get()).isNull();
        assertThat(takeAway()).isTrue();
    }
}
