package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** asyncio's rules for runners, by their numbers in the reference; {@link RunnerCloseTests} has those for the end. */
@Timeout(60)
class RunnerTests {

    private final List<String> events = new ArrayList<>();

    @Test
    void H01_run_returns_the_value_and_leaving_the_block_closes_the_loop() {
        Runner outlived;
        EventLoop loop;
        try (Runner runner = Runner.create()) {
            assertThat(runner.run(() -> "value")).isEqualTo("value");
            loop = runner.loop();
            assertThat(loop.isClosed()).isFalse();
            outlived = runner;
        }
        assertThat(loop.isClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(outlived::loop).withMessage("Runner is closed");
    }

    @Test
    void H01_asyncio_run_returns_the_value_and_closes_its_loop() {
        EventLoop loop = Asyncio.run(EventLoop::running);
        assertThat(loop.isClosed()).isTrue();
        Asyncio.run(() -> {
            events.add("ran");
        });
        assertThat(events).containsExactly("ran");
    }

    @Test
    void H02_a_body_is_required() { // that it is one is the compiler's to check
        try (Runner runner = Runner.create()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> runner.run((ThrowingRunnable) nothing()))
                    .withMessage("body");
        }
        assertThatNullPointerException()
                .isThrownBy(() -> Asyncio.run((ThrowingRunnable) nothing()))
                .withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Asyncio.run(() -> 1, nothing()))
                .withMessage("options");
        assertThatNullPointerException()
                .isThrownBy(() -> Runner.create((LoopFactory) nothing()))
                .withMessage("factory");
    }

    @Test
    void H03_a_runner_does_not_run_on_a_loop() {
        try (Runner runner = Runner.create();
                EventLoop other = EventLoop.create()) {
            runner.run(() -> assertThatIllegalStateException()
                    .isThrownBy(() -> runner.run(() -> events.add("never")))
                    .withMessage("Runner.run() cannot be called from a running event loop"));
            other.runUntilComplete(() -> assertThatIllegalStateException()
                    .isThrownBy(() -> runner.run(() -> events.add("never")))
                    .withMessage("Runner.run() cannot be called from a running event loop"));
            assertThat(runner.run(() -> "it still runs")).isEqualTo("it still runs");
        }
        assertThat(events).isEmpty();
    }

    @Test
    void H03_nor_in_a_callback_nor_before_its_loop_is_made() {
        try (Runner unused = Runner.create(options -> {
                    events.add("made");
                    return EventLoop.create(options);
                });
                EventLoop other = EventLoop.create()) {
            other.callSoon(() -> events.add(
                    String.valueOf(catchThrowable(() -> unused.run(() -> 1)).getMessage())));
            other.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        }
        assertThat(events).containsExactly("Runner.run() cannot be called from a running event loop");
    }

    @Test
    void H03_asyncio_run_does_not_run_on_a_loop() {
        Asyncio.run(() -> {
            int before = EventLoop.open().size();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Asyncio.run(() -> events.add("never")))
                    .withMessage("asyncio.run() cannot be called from a running event loop");
            assertThat(EventLoop.open()).hasSize(before);
        });
        assertThat(events).isEmpty();
    }

    @Test
    void H04_closing_twice_does_nothing() {
        Runner runner = Runner.create();
        runner.run(() -> 1);
        runner.close();
        runner.close();
        assertThatIllegalStateException().isThrownBy(runner::loop).withMessage("Runner is closed");
    }

    @Test
    void H05_a_closed_runner_runs_nothing() {
        Runner runner = Runner.create();
        runner.run(() -> 1);
        runner.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> runner.run(() -> events.add("never")))
                .withMessage("Runner is closed");
        assertThat(events).isEmpty();
    }

    @Test
    void H06_closing_before_the_first_use_does_nothing() {
        int before = EventLoop.open().size();
        Runner runner = Runner.create();
        assertThat(EventLoop.open()).as("no loop is made yet").hasSize(before);
        runner.close();
        assertThat(runner.run(() -> "still usable")).isEqualTo("still usable");
        runner.close();
    }

    @Test
    void H07_several_runs_share_the_loop() {
        try (Runner runner = Runner.create()) {
            EventLoop first = runner.run(EventLoop::running);
            assertThat(runner.run(EventLoop::running)).isSameAs(first).isSameAs(runner.loop());
        }
    }

    /** Where asyncio's runs share a context: Java's belongs to a thread, and each run is a task with one of its own. */
    @Test
    void H07_but_a_thread_local_lasts_for_one_run() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("outside");
        try (Runner runner = Runner.create()) {
            runner.run(() -> {
                events.add(local.get());
                local.set("first run");
            });
            runner.run(() -> {
                events.add(local.get());
            });
        }
        assertThat(events).containsExactly("outside", "outside");
        assertThat(local.get()).isEqualTo("outside");
        local.remove();
    }

    @Test
    void H08_tasks_left_by_one_run_go_on_in_the_next() {
        try (Runner runner = Runner.create()) {
            Task<?> left = runner.run(() -> runner.loop().createTask(() -> {
                for (int i = 0; i < 3; i++) {
                    events.add("left " + i);
                    Asyncio.sleep(Duration.ZERO);
                }
            }));
            List<String> after = List.copyOf(events);
            assertThat(left).isNotDone();
            assertThat(events).as("nothing runs between the runs").isEqualTo(after);
            runner.run(() -> left.await());
            assertThat(events).containsExactly("left 0", "left 1", "left 2");
        }
    }

    @Test
    void H09_debug_is_what_the_options_say() {
        assertThat(Asyncio.run(() -> EventLoop.running().isDebug())).isFalse();
        for (boolean debug : List.of(true, false)) {
            LoopOptions options = LoopOptions.defaults().debug(debug);
            assertThat(Asyncio.<Boolean>run(() -> EventLoop.running().isDebug(), options))
                    .isEqualTo(debug);
            try (Runner runner = Runner.create(options)) {
                assertThat(runner.loop().isDebug()).isEqualTo(debug);
            }
        }
    }

    @Test
    void H16_the_factory_is_called_once() {
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<@Nullable EventLoop> made = new AtomicReference<>();
        try (Runner runner = Runner.create(options -> {
            calls.incrementAndGet();
            EventLoop loop = EventLoop.create(options.debug(true));
            made.set(loop);
            return loop;
        })) {
            assertThat(calls).hasValue(0);
            assertThat(runner.run(EventLoop::running)).isSameAs(made.get());
            runner.run(() -> 1);
            assertThat(runner.loop().isDebug()).isTrue();
        }
        assertThat(calls).hasValue(1);
        assertThat(made.get()).extracting(EventLoop::isClosed).isEqualTo(true);
    }

    @Test
    void H16_a_factory_that_fails_can_be_tried_again() {
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = Runner.create(options -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalArgumentException("not yet");
            }
            return calls.get() == 2 ? nothing() : EventLoop.create(options);
        })) {
            assertThat(catchThrowable(runner::loop)).hasMessage("not yet");
            assertThatNullPointerException().isThrownBy(runner::loop).withMessage("the loop factory returned null");
            assertThat(runner.run(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void H17_the_loop_is_current_only_while_it_runs() {
        assertThatIllegalStateException().isThrownBy(EventLoop::running).withMessage("no running event loop");
        try (Runner runner = Runner.create()) {
            runner.run(() -> assertThat(EventLoop.running()).isSameAs(runner.loop()));
            assertThatIllegalStateException().isThrownBy(EventLoop::running).withMessage("no running event loop");
        }
    }

    @Test
    void H18_an_interrupt_cancels_the_main_task_and_surfaces_as_interruption() {
        Thread driver = Thread.currentThread();
        LoopFuture<?>[] awaited = new LoopFuture<?>[1];
        try (Runner runner = Runner.create()) {
            EventLoop loop = runner.loop();
            Thread.ofPlatform().start(() -> {
                Eventually.eventually("the loop is idle", loop.core().driver()::isIdle);
                driver.interrupt();
            });
            assertThat(catchThrowable(() -> runner.run(() -> {
                        try {
                            awaited[0] = EventLoop.running().createFuture();
                            awaited[0].await();
                        } finally {
                            events.add("finally");
                        }
                    })))
                    .isInstanceOf(InterruptedException.class);
            assertThat(awaited[0]).isCancelled();
            assertThat(events).containsExactly("finally");
            assertThat(Thread.interrupted()).isFalse();
            assertThat(runner.run(() -> "the runner can still be used")).isNotNull();
        }
    }

    @Test
    void H19_another_cancellation_surfaces_as_such() {
        try (Runner runner = Runner.create()) {
            assertThat(catchThrowable(() -> runner.run(() -> {
                        Task<?> main = Asyncio.currentTask();
                        runner.loop().callSoon(() -> main.cancel("for another reason"));
                        runner.loop().createFuture().await();
                    })))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("for another reason");
        }
    }

    @Test
    void H20_it_works_on_any_thread() throws Exception {
        for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
            Thread thread = kind.start(() -> {
                Task<?> left;
                try (Runner runner = Runner.create()) {
                    left = runner.run(() -> runner.loop()
                            .createTask(() -> runner.loop().createFuture().await()));
                }
                events.add(left.isCancelled() ? "worked" : left.toString());
            });
            thread.join();
        }
        assertThat(events).containsExactly("worked", "worked");
    }

    @Test
    void what_the_body_throws_is_thrown_itself() {
        IOException thrown = new IOException("broken");
        assertThat(catchThrowable(() -> Asyncio.run(() -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
