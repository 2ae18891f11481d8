package dev.asyncloop.jupiter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksParameterTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "off; off; off",
                "OFF , executor = warn; off; warn",
                "pending-task=off; off; warn",
                "strict, executor=off; fail; off",
                "executor=off, default; fail; warn",
                "' '; fail; warn"
            })
    void entries_count_from_left_to_right(String value, String tasks, String executors) {
        LeakPolicy policy = Parameters.LEAKS.parse(value);
        assertThat(policy).isNotNull();
        assertThat(policy.mode(LeakKind.PENDING_TASK)).hasToString(tasks);
        assertThat(policy.mode(LeakKind.EXECUTOR)).hasToString(executors);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "strict,", "pending-task", "pending-task=", "pending-task=off=on", "=off", "strict off"})
    void what_is_none_makes_the_whole_value_none(String value) {
        assertThat(Parameters.LEAKS.parse(value)).isNull();
    }
}
