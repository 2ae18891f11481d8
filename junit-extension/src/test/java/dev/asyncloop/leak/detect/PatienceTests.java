package dev.asyncloop.leak.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTests {

    private final List<Long> pauses = new ArrayList<>();

    @Test
    void each_step_is_twice_the_last_up_to_the_longest_and_the_limit() {
        Patience patience = new Patience(pauses::add);
        patience.waitWhile(() -> true, 40, 10);
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 5L);
    }

    @Test
    void it_ends_with_what_it_waits_for() {
        Patience patience = new Patience(pauses::add);
        patience.waitWhile(() -> pauses.size() < 3, 1_000, 1_000);
        assertThat(pauses).containsExactly(1L, 2L, 4L);
    }

    @Test
    void nothing_is_waited_for_that_is_over() {
        new Patience(pauses::add).waitWhile(() -> false, 1_000, 1_000);
        assertThat(pauses).isEmpty();
    }

    @Test
    void an_interrupt_does_not_cut_it_short_and_is_set_again_at_the_end() {
        Patience patience = new Patience(millis -> {
            pauses.add(millis);
            throw new InterruptedException();
        });
        patience.waitWhile(() -> true, 7, 7);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        patience.end();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pauses).containsExactly(1L, 2L, 4L);
    }
}
