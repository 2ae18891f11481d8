package dev.asyncloop.samples.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.samples.leaks.LeakRun;
import org.junit.jupiter.api.Test;

/** A pipeline on the loop that nobody ends is found as the loop's timer. */
class PipelineLeakTests {

    @Test
    void an_interval_that_is_never_disposed_of() {
        LeakRun run = LeakRun.of(ReactorLeak.class);

        assertThat(run.failed()).isEqualTo("sees_a_tick(EventLoop)");
        assertThat(run.passedAfter()).containsExactly("sees_a_tick_and_disposes(EventLoop)");
        assertThat(run.leaks()).hasMessageContaining("ReactorLeak.subscribe(ReactorLeak.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsExactly(LeakKind.PENDING_TIMER);
    }

    @Test
    void ticks_that_are_never_cancelled() {
        LeakRun run = LeakRun.of(MutinyLeak.class);

        assertThat(run.failed()).isEqualTo("sees_a_tick(EventLoop)");
        assertThat(run.passedAfter()).containsExactly("sees_a_tick_and_cancels(EventLoop)");
        assertThat(run.leaks()).hasMessageContaining("MutinyLeak.subscribe(MutinyLeak.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsExactly(LeakKind.PENDING_TIMER);
    }
}
