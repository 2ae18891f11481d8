package dev.asyncloop.loop.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.LoopCores;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.ReadyQueue;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JumpTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualClock clock = LoopClock.virtual();

    @AutoClose
    private final LoopCores.OfLoop loop =
            LoopCores.create(LoopOptions.defaults().clock(clock));

    /** What another thread brings while time is about to jump runs at the old time. */
    @Test
    void what_comes_from_outside_before_the_jump_runs_before_it() {
        ReadyQueue ready = new ReadyQueue();
        ready.addFromOutside(new Callback(loop.core(), () -> {}));
        clock.await(ready, HOUR.toNanos());
        assertThat(clock.now()).isZero();
        ready.takeInbox();
        ready.next();
        clock.await(ready, HOUR.toNanos());
        assertThat(clock.now()).isEqualTo(HOUR);
    }
}
