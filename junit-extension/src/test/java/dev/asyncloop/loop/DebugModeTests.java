package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.watch.DrivenWatchdog;
import dev.asyncloop.loop.watch.RunWatch;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop in debug mode does more. */
@Timeout(60)
class DebugModeTests {

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults(), watchdog.watchdog());

    @AutoClose
    private final LogCapture log = LogCapture.start();

    private void turn() {
        loop.stop();
        loop.runForever();
    }

    /** Holds the loop for as long as is slow, and until it was seen to do so. */
    private void hold() {
        Thread.ofPlatform().start(this::slowTimePasses);
        while (RunWatch.of(loop.core()).slowSteps().seen().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Computes for as long as is slow. Not in a task, which would be suspended. */
    private void compute() {
        CompletableFuture.runAsync(this::slowTimePasses).join();
    }

    private void slowTimePasses() {
        watchdog.passes(Duration.ofMillis(110));
    }

    @Test
    void B23_debug_is_off_at_first_and_can_be_switched() {
        assertThat(loop.isDebug()).isFalse();
        loop.setDebug(true);
        assertThat(loop.isDebug()).isTrue();
        loop.setDebug(false);
        assertThat(loop.isDebug()).isFalse();
        try (EventLoop other = EventLoop.create(LoopOptions.defaults().debug(true))) {
            assertThat(other.isDebug()).isTrue();
        }
    }

    @Test
    void B24_a_slow_callback_is_logged_with_where_it_was_seen() {
        loop.setDebug(true);
        loop.callSoon(named("slow", this::hold));
        turn();
        LogRecord record = log.next();
        assertThat(record.getLevel()).isEqualTo(Level.WARNING);
        assertThat(record.getMessage())
                .matches("(?s)Executing <Handle slow, created at .*DebugModeTests.*> took \\d+\\.\\d\\d\\d seconds\n"
                        + "Seen at \\(most recent call first\\):\n\tat .*DebugModeTests\\.hold\\(.*");
    }

    @Test
    void B24_so_is_a_slow_step_of_a_task_with_what_it_did_then() {
        loop.setDebug(true);
        Task<?> task = loop.createTask("slow", () -> {
            hold();
            loop.createFuture().await();
        });
        turn();
        assertThat(log.next().getMessage())
                .matches("(?s)Executing <task \"slow\", suspended in await of a future, created at .*> took"
                        + " \\d+\\.\\d\\d\\d seconds\nSeen at \\(most recent call first\\):\n\tat .*DebugModeTests"
                        + "\\.hold\\(.*");
        assertThat(task).isNotDone();
    }

    @Test
    void B24_the_time_in_which_a_task_waits_does_not_count() {
        loop.setDebug(true);
        loop.setSlowCallbackDuration(Duration.ofMillis(500));
        loop.runUntilComplete(() -> Asyncio.toThread(() -> {
            Eventually.eventually("the task waits", loop.core().driver()::isIdle);
            watchdog.passes(Duration.ofMillis(600));
        }));
        assertThat(log.messages()).noneMatch(text -> text.contains("took"));
    }

    @Test
    void B24_the_duration_decides() {
        loop.setDebug(true);
        assertThat(loop.slowCallbackDuration()).isEqualTo(Duration.ofMillis(100));
        loop.setSlowCallbackDuration(Duration.ofDays(1_000_000));
        loop.callSoon(named("slow", this::compute));
        turn();
        assertThat(log.isEmpty()).isTrue();
        loop.setSlowCallbackDuration(Duration.ZERO);
        assertThat(loop.slowCallbackDuration()).isZero();
        loop.callSoon(() -> {});
        turn();
        assertThat(log.next().getMessage()).contains(" took ");
    }

    @Test
    void B24_a_negative_duration_or_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.setSlowCallbackDuration(Duration.ofMillis(-1)))
                .withMessage("the slow callback duration must not be negative: PT-0.001S");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.setSlowCallbackDuration(null))
                .withMessage("duration");
        assertThat(loop.slowCallbackDuration()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void B24_nothing_is_timed_without_debug() {
        loop.callSoon(named("slow", this::compute));
        turn();
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void B24_an_error_of_a_slow_step_leaves_the_run_as_ever() {
        loop.setDebug(true);
        AssertionError error = new AssertionError("in a callback");
        loop.callSoon(() -> {
            throw error;
        });
        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::turn)).isSameAs(error);
    }

    @Test
    void B25_a_callback_is_one_by_its_type_and_never_null() { // asyncio looks only in debug mode
        for (boolean debug : new boolean[] {false, true}) {
            loop.setDebug(debug);
            assertThatNullPointerException()
                    .isThrownBy(() -> loop.callSoon(null))
                    .withMessage("callback");
            assertThatNullPointerException()
                    .isThrownBy(() -> loop.createFuture().addDoneCallback(null))
                    .withMessage("callback");
        }
    }

    @Test
    void I05_creation_lines_of_handles_are_taken_while_debug_is_on() {
        List<Handle> handles = new ArrayList<>();
        loop.runUntilComplete(() -> {
            for (boolean debug : new boolean[] {false, true, false}) {
                loop.setDebug(debug);
                handles.add(loop.callSoon(() -> {}));
                Asyncio.sleep(Duration.ZERO);
            }
        });
        assertThat(handles)
                .extracting(handle -> ((Callback) handle).createdAt().isEmpty())
                .containsExactly(true, false, true);
    }

    @Test
    void I05_steps_are_timed_while_debug_is_on() {
        loop.setSlowCallbackDuration(Duration.ZERO);
        loop.runUntilComplete(() -> {
            loop.callSoon(named("before", () -> {}));
            Asyncio.sleep(Duration.ZERO);
            loop.setDebug(true);
            loop.callSoon(named("while", () -> {}));
            Asyncio.sleep(Duration.ZERO);
            loop.setDebug(false);
            Asyncio.sleep(Duration.ZERO);
            loop.callSoon(named("after", () -> {}));
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(log.messages())
                .anyMatch(text -> text.startsWith("Executing <Handle while"))
                .noneMatch(text -> text.contains("before") || text.contains("after"));
    }

    private static Runnable named(String name, Runnable callback) {
        return new Runnable() {
            @Override
            public void run() {
                callback.run();
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
