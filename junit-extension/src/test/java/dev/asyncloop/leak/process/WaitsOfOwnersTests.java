package dev.asyncloop.leak.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.origin.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several tests leave in the same way is waited for as if one of them had left all of it. */
class WaitsOfOwnersTests {

    private static final long LONG = 1_000;

    private final Waits waits = new Waits().of(Owner.of("test", WaitsOfOwnersTests.class));

    private static Leak leftBy(String test, StackTraceElement... called) {
        List<StackTraceElement> created = List.of(
                called.length == 0 ? own(test) : called[0], own(test), new StackTraceElement("a.B", test, "", 1));
        return new Leak(LeakKind.PLATFORM_THREAD, "thread", created, List.of(), "end it");
    }

    private static StackTraceElement own(String test) {
        return new StackTraceElement(
                WaitsOfOwnersTests.class.getName(), test, "WaitsOfOwnersTests.java", test.length());
    }

    private static StackTraceElement helper(int line) {
        return new StackTraceElement("org.shop.Server", "start", "Server.java", line);
    }

    @Test
    void what_another_test_left_by_the_same_call_is_waited_for_shortly() {
        waits.inVain(leftBy("ships", helper(1)));
        assertThat(waits.allow(leftBy("refunds", helper(1)), LONG)).isEqualTo(20);
        assertThat(waits.allow(leftBy("ships", helper(2)), LONG)).isEqualTo(LONG);
    }

    @Test
    void what_the_test_itself_made_is_told_apart_by_its_line() {
        waits.inVain(leftBy("ships"));
        assertThat(waits.allow(leftBy("ships"), LONG)).isEqualTo(20);
        assertThat(waits.allow(leftBy("refunds"), LONG)).isEqualTo(LONG);
    }

    @Test
    void the_tests_of_several_classes_share_what_may_be_waited() {
        Waits ofOther = waits.of(Owner.of("other", List.class));
        waits.spend(List.of(leftBy("ships", helper(1))), 2_900);
        Leak other = new Leak(
                LeakKind.PLATFORM_THREAD,
                "thread",
                List.of(helper(1), new StackTraceElement("java.util.List", "of", "List.java", 1)),
                List.of(),
                "end it");
        assertThat(ofOther.allow(other, LONG)).isEqualTo(100);
    }
}
