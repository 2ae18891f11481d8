package dev.asyncloop.leak.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.leak.LeakPolicy;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.subject.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTests {

    private final Judge judge = Judge.by(LeakPolicy.defaults());

    private static Leak leak(LeakKind kind, String what, @Nullable Leak above) {
        return new Leak(kind, new Subject.Other(what), List.of(), List.of(), "stop it", above, null);
    }

    @Test
    void each_goes_where_its_kind_goes() {
        Leak task = leak(LeakKind.PENDING_TASK, "task", null);
        Leak executor = leak(LeakKind.EXECUTOR, "executor", null);
        LeakReport report = judge.with(LeakKind.OTHER, LeakMode.OFF)
                .judge("job", List.of(task, executor, leak(LeakKind.OTHER, "container", null)), List.of());
        assertThat(report)
                .isEqualTo(new LeakReport("job", List.of(task), List.of(executor), List.of(), List.of(), List.of()));
    }

    @Test
    void what_hangs_below_another_goes_where_that_goes() {
        Leak executor = leak(LeakKind.EXECUTOR, "executor", null);
        Leak task = leak(LeakKind.PENDING_TASK, "task", executor);
        Leak below = leak(LeakKind.PENDING_TASK, "below", task);
        assertThat(judge.judge("job", List.of(executor, task, below), List.of()).warnings())
                .containsExactly(executor, task, below);
    }

    @Test
    void what_is_allowed_is_told_to_nobody_and_what_is_known_apart() {
        Allowance allowance = new Allowance(LeakKind.PENDING_TASK, "poll");
        Leak known = leak(LeakKind.PENDING_TASK, "known", null);
        LeakReport report = judge.allowing(List.of(allowance))
                .knowing(leak -> leak.equals(known))
                .judge("job", List.of(leak(LeakKind.PENDING_TASK, "poll", null), known), List.of());
        assertThat(report).isEqualTo(new LeakReport("job", List.of(), List.of(), List.of(known), List.of(), List.of()));
        assertThat(allowance.isUsed()).isTrue();
    }
}
