package dev.asyncloop.loop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The time that limits are measured by. */
class WatchClockTests {

    private static final long TICK = 250_000_000;
    private static final long SECOND = 1_000_000_000;

    private final WatchClock clock = new WatchClock(TICK);
    private long now = 5 * SECOND;

    private void passes(long nanos) {
        now += nanos;
        clock.tick(now);
    }

    @Test
    void it_is_real_time_also_where_a_tick_comes_late() {
        clock.touch(now);
        long start = clock.time(now);
        passes(TICK);
        passes(2 * SECOND);
        assertThat(clock.time(now) - start).isEqualTo(TICK + 2 * SECOND);
        assertThat(clock.lastTick()).isEqualTo(clock.time(now));
        assertThat(clock.time(now + 1)).isEqualTo(clock.lastTick() + 1);
    }

    @Test
    void time_in_which_the_jvm_stood_still_does_not_count() {
        clock.touch(now);
        long start = clock.time(now);
        passes(100 * SECOND); // at a breakpoint
        passes(TICK);
        assertThat(clock.time(now) - start).isEqualTo(2 * TICK);
    }

    @Test
    void time_in_which_nobody_ticked_does() {
        clock.touch(now);
        long start = clock.time(now);
        now += 100 * SECOND;
        clock.touch(now);
        passes(TICK);
        assertThat(clock.time(now) - start).isEqualTo(100 * SECOND + TICK);
    }
}
