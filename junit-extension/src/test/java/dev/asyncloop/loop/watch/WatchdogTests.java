package dev.asyncloop.loop.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopCores;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.StuckLoopException;
import dev.asyncloop.testing.Latches;
import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the watchdog speaks, to the tick. */
@Timeout(30)
class WatchdogTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final DrivenWatchdog watchdog = new DrivenWatchdog();

    @AutoClose
    private final LogCapture log = LogCapture.start();

    private final List<Integer> said = new ArrayList<>();

    private EventLoop loop(LoopOptions options) {
        return LoopCores.create(options, watchdog).loop();
    }

    /** Holds {@code loop} by a callback while these times pass, and notes how much was said after each. */
    private void holdFor(EventLoop loop, Duration... times) {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch passed = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            Latches.waitFor(held);
            for (Duration time : times) {
                watchdog.passes(time);
                said.add(log.messages().size());
            }
            passed.countDown();
        });
        loop.callSoon(() -> {
            held.countDown();
            Latches.waitFor(passed);
        });
        loop.runUntilComplete(() -> {});
    }

    @Test
    void a_step_that_holds_its_loop_is_named_a_second_after_it_was_seen_and_once() {
        try (EventLoop loop = loop(LoopOptions.defaults())) {
            holdFor(loop, DrivenWatchdog.TICK, SECOND.minusMillis(1), Duration.ofMillis(1), SECOND.multipliedBy(3));
        }
        assertThat(said).containsExactly(0, 0, 1, 1);
        assertThat(log.messages()).singleElement().asString().startsWith("a callback has kept its event loop");
    }

    @Test
    void a_new_step_has_the_second_for_itself() {
        try (EventLoop loop = loop(LoopOptions.defaults())) {
            holdFor(loop, SECOND);
            holdFor(loop, SECOND);
        }
        assertThat(said).containsExactly(0, 0);
    }

    @Test
    void each_of_its_loops_has_a_limit_of_its_own() {
        try (EventLoop hasty = loop(LoopOptions.defaults().timeout(SECOND));
                EventLoop patient = loop(LoopOptions.defaults().timeout(SECOND.multipliedBy(2)))) {
            CountDownLatch bothRun = new CountDownLatch(2);
            Thread.ofPlatform().start(() -> {
                Latches.waitFor(bothRun);
                watchdog.passes(SECOND);
            });
            CountDownLatch ended = new CountDownLatch(1);
            Thread other = Thread.ofPlatform().start(() -> {
                patient.callSoon(() -> {
                    bothRun.countDown();
                    Latches.waitFor(ended);
                });
                patient.runUntilComplete(() -> {});
            });
            assertThat(catchThrowable(() -> hasty.runUntilComplete(() -> {
                        bothRun.countDown();
                        hasty.createFuture().await();
                    })))
                    .isInstanceOf(StuckLoopException.class);
            assertThat(other.isAlive()).isTrue();
            ended.countDown();
            assertThat(catchThrowable(other::join)).isNull();
        }
    }

    @Test
    void what_ended_is_not_looked_at() {
        try (EventLoop loop = loop(LoopOptions.defaults())) {
            loop.runUntilComplete(
                    () -> assertThat(watchdog.watchdog().isWatching()).isTrue());
            assertThat(watchdog.watchdog().isWatching()).isFalse();
        }
    }
}
