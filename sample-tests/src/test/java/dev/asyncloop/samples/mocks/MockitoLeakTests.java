package dev.asyncloop.samples.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.samples.leaks.LeakRun;
import org.junit.jupiter.api.Test;

class MockitoLeakTests {

    @Test
    void a_task_that_waits_for_a_mock_for_ever() {
        LeakRun run = LeakRun.of(MockitoLeak.class);

        assertThat(run.failed()).isEqualTo("asks_the_post(EventLoop)");
        assertThat(run.passedAfter()).containsExactly("asks_the_post_which_answers(EventLoop)");
        assertThat(run.leaks())
                .hasMessageContainingAll(
                        "pending task \"cost\"",
                        "created  dev.asyncloop.samples.mocks.MockitoLeak.ask(MockitoLeak.java:",
                        "waiting  dev.asyncloop.samples.mocks.Parcels.cost(Parcels.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsExactly(LeakKind.PENDING_TASK);
    }
}
