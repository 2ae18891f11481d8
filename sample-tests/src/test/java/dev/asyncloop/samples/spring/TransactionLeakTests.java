package dev.asyncloop.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.samples.leaks.LeakRun;
import org.junit.jupiter.api.Test;

/** What a test leaves is found after Spring has rolled back, and the next test sees nothing of it. */
class TransactionLeakTests {

    @Test
    void a_task_that_outlives_the_transaction() {
        LeakRun run = LeakRun.of(TransactionLeak.class);

        assertThat(run.failed()).isEqualTo("adds_an_order(EventLoop)");
        assertThat(run.passedAfter()).containsExactly("adds_an_order_and_stops(EventLoop)");
        assertThat(run.leaks())
                .hasMessageContainingAll(
                        "pending task \"add next order\"", "TransactionLeak.addNext(TransactionLeak.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsExactly(LeakKind.PENDING_TASK);
    }
}
