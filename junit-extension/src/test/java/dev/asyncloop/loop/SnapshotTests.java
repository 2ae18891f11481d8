package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.snapshot.HandleKind;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.loop.snapshot.TaskState;
import dev.asyncloop.loop.snapshot.TaskState.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What snapshots say in words. */
class SnapshotTests {

    private static TaskSnapshot task(TaskKind kind, String name) {
        TaskState state = new TaskState(Phase.SUSPENDED, Duration.ofSeconds(3), "sleep, 5 s left");
        return new TaskSnapshot(1, 0, kind, name, state, null, List.of(), List.of());
    }

    private static HandleSnapshot handle(HandleKind kind, Duration due, Duration period, long run) {
        return new HandleSnapshot(kind, due, period, "poll", false, false, 0, run, List.of());
    }

    @Test
    void a_task_is_called_by_its_kind_and_name() {
        assertThat(task(TaskKind.TASK, "poll")).hasToString("task \"poll\" (suspended for 3 s in sleep, 5 s left)");
        assertThat(task(TaskKind.VIRTUAL_THREAD, "").label()).isEqualTo("virtual thread without a name");
        assertThat(task(TaskKind.BACKGROUND_TASK, "poll").label()).isEqualTo("background task \"poll\"");
        assertThat(task(TaskKind.BACKGROUND_TASK, "poll").background()).isTrue();
    }

    @Test
    void a_state_without_details_is_its_phase() {
        assertThat(TaskState.of(Phase.NOT_STARTED)).hasToString("not started");
        assertThat(new TaskState(Phase.RUNNING, Duration.ofSeconds(2), "")).hasToString("running for 2 s");
    }

    @Test
    void a_handle_says_when_it_is_called() {
        assertThat(handle(HandleKind.TIMER, Duration.ofMinutes(5), Duration.ZERO, 0))
                .hasToString("timer, due in 5 min, of poll");
        assertThat(handle(HandleKind.CALLBACK, Duration.ZERO, Duration.ZERO, 0).when())
                .isEqualTo("due now");
        assertThat(handle(HandleKind.PERIODIC_COMMAND, Duration.ofSeconds(-1), Duration.ofSeconds(5), 0))
                .hasToString("periodic command, every 5 s, next due now, of poll");
        assertThat(handle(HandleKind.PERIODIC_COMMAND, Duration.ZERO, Duration.ofSeconds(5), 7)
                        .when())
                .isEqualTo("every 5 s, next after this run");
    }
}
