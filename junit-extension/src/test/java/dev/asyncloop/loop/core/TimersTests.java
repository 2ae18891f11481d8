package dev.asyncloop.loop.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.LoopCores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TimersTests {

    @AutoClose
    private final LoopCores.OfLoop loop = LoopCores.create();

    @Test
    void B13_cancelled_timers_are_dropped_in_bulk() {
        Timers timers = new Timers();
        List<Timer> handles = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            handles.add(timers.add(loop.core(), () -> {}, Duration.ofHours(i).toNanos(), null));
        }
        handles.subList(0, 100).forEach(Timer::cancel);
        assertThat(timers.size()).isEqualTo(200);
        handles.get(100).cancel();
        assertThat(timers.size()).isEqualTo(99);
        handles.get(101).cancel();
        assertThat(timers.untilNext(0)).isEqualTo(Duration.ofHours(102).toNanos());
        assertThat(timers.size()).isEqualTo(98);
    }
}
