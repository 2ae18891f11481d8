package dev.asyncloop.leak.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is alike is waited for as long as all of it may take together, and shortly once one did not end. */
class WaitsTests {

    private static final long LONG = 1_000;

    private final Waits waits = new Waits();

    private static Leak leak(LeakKind kind, String creator, String place) {
        return new Leak(kind, "thing", List.of(frame(creator)), List.of(frame(place)), "close it");
    }

    private static Leak thread(String creator, String place) {
        return leak(LeakKind.PLATFORM_THREAD, creator, place);
    }

    private static StackTraceElement frame(String method) {
        return new StackTraceElement("com.example.Orders", method, "Orders.java", 1);
    }

    @Test
    void what_is_not_known_is_waited_for_as_long_as_it_may_take() {
        assertThat(waits.allow(thread("start", "wait"), LONG)).isEqualTo(LONG);
        assertThat(waits.mayAsk(thread("start", "wait"))).isTrue();
    }

    @Test
    void what_was_waited_for_in_vain_at_the_same_place_may_still_be_about_to_end() {
        waits.inVain(thread("start", "wait"));
        assertThat(waits.allow(thread("start", "wait"), LONG)).isEqualTo(20);
        assertThat(waits.allow(thread("start", "wait"), 5)).isEqualTo(5);
        assertThat(waits.mayAsk(thread("start", "wait"))).isTrue();
    }

    @Test
    void what_is_at_another_place_or_is_of_another_stack_or_kind_is_not_like_it() {
        waits.inVain(thread("start", "wait"));
        assertThat(waits.allow(thread("start", "end"), LONG)).isEqualTo(LONG);
        assertThat(waits.allow(thread("begin", "wait"), LONG)).isEqualTo(LONG);
        assertThat(waits.allow(leak(LeakKind.EXECUTOR, "start", "wait"), LONG)).isEqualTo(LONG);
    }

    @Test
    void all_of_one_stack_together_may_take_three_seconds() {
        waits.spend(List.of(thread("start", "wait")), 2_500);
        assertThat(waits.allow(thread("start", "end"), LONG)).isEqualTo(500);
        waits.spend(List.of(thread("start", "end")), 499);
        assertThat(waits.mayAsk(thread("start", "wait"))).isTrue();
        waits.spend(List.of(thread("start", "wait")), 1);
        assertThat(waits.allow(thread("start", "other"), LONG)).isZero();
        assertThat(waits.mayAsk(thread("start", "wait"))).isFalse();
        waits.spend(List.of(thread("start", "wait")), LONG);
        assertThat(waits.allow(thread("start", "wait"), LONG)).isZero();
        assertThat(waits.allow(thread("begin", "wait"), LONG)).isEqualTo(LONG);
    }

    @Test
    void what_ended_costs_a_tenth() {
        waits.ended(List.of(thread("start", "wait")), 20_000);
        assertThat(waits.allow(thread("start", "end"), 3_000)).isEqualTo(1_000);
        waits.spend(List.of(thread("start", "wait")), 500);
        assertThat(waits.allow(thread("start", "end"), 3_000)).isEqualTo(500);
    }

    @Test
    void what_is_waited_for_together_pays_once_for_each_stack() {
        waits.spend(List.of(thread("start", "wait"), thread("start", "end"), thread("begin", "wait")), 2_000);
        assertThat(waits.allow(thread("start", "wait"), 3_000)).isEqualTo(1_000);
        assertThat(waits.allow(thread("begin", "wait"), 3_000)).isEqualTo(1_000);
    }

    @Test
    void so_many_stacks_are_remembered_and_others_waited_for_each_time() {
        for (int i = 0; i < 10_000; i++) {
            waits.inVain(thread("start" + i, "wait"));
        }
        waits.inVain(thread("one more", "wait"));
        waits.spend(List.of(thread("one more", "wait"), thread("start0", "wait")), 2_990);
        assertThat(waits.allow(thread("one more", "wait"), LONG)).isEqualTo(LONG);
        assertThat(waits.allow(thread("start0", "wait"), LONG)).isEqualTo(10);
        assertThat(waits.allow(thread("start9999", "wait"), LONG)).isEqualTo(20);
    }
}
