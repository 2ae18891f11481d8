package dev.asyncloop.loop.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopCores;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.StuckLoopException;
import dev.asyncloop.loop.core.Driver;
import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watchdog of all loops, on its thread and in real time. */
@Timeout(30)
class WatchThreadTests {

    private static final Duration LIMIT = Duration.ofMillis(100);

    @Test
    void it_ends_a_run_at_its_limit_and_frees_its_thread_after_the_grace() {
        AtomicBoolean freed = new AtomicBoolean();
        long start = System.nanoTime();
        try (LogCapture log = LogCapture.start();
                EventLoop loop = EventLoop.create(LoopOptions.defaults().timeout(LIMIT))) {
            loop.callSoon(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    freed.set(true);
                }
            });
            assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {}))).isInstanceOf(StuckLoopException.class);
            assertThat(log.messages()).anyMatch(message -> message.contains("\nIts thread is held by the step"));
        }
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(LIMIT.plus(Driver.GRACE).toNanos());
        assertThat(freed).isTrue();
        assertThat(Thread.interrupted()).as("left interrupted").isFalse();
    }

    @Test
    void it_sees_where_a_slow_step_is() {
        try (LogCapture log = LogCapture.start();
                LoopCores.OfLoop loop = LoopCores.create(LoopOptions.defaults().debug(true))) {
            SlowSteps steps = RunWatch.of(loop.core()).slowSteps();
            loop.loop().callSoon(() -> {
                long start = System.nanoTime(); // of the step: the loop itself may need a while to begin
                while (steps.seen().isEmpty() || System.nanoTime() - start < 110_000_000) {
                    Thread.onSpinWait();
                }
            });
            loop.loop().runUntilComplete(() -> {});
            assertThat(log.next().getMessage()).contains(" took ").contains("WatchThreadTests");
        }
    }
}
