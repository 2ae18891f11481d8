package dev.asyncloop.leak.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.subject.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which warnings of a run are the same, and what is kept of them. */
class RepeatsTests {

    private final Repeats repeats = new Repeats();

    private static Leak leak(LeakKind kind, Subject subject, int line, StackTraceElement... waiting) {
        return new Leak(
                kind,
                subject,
                line == 0 ? List.of() : List.of(new StackTraceElement("org.shop.Orders", "poll", "Orders.java", line)),
                List.of(waiting),
                "fix",
                null,
                null);
    }

    private static Leak thread(String name, Thread.State state, int line) {
        return leak(
                LeakKind.PLATFORM_THREAD,
                new Subject.PlatformThread(Subject.PlatformThread.Role.OWN, name, state, true),
                line);
    }

    private static Leak failure(String message, StackTraceElement... thrown) {
        return leak(
                LeakKind.UNCAUGHT_EXCEPTION,
                new Subject.ThreadFailure(false, "worker", new Subject.Thrown("org.shop.Refused", message)),
                7,
                thrown);
    }

    private Repeats.Told tell(String owner, Leak... warnings) {
        return repeats.tell(new LeakReport(owner, List.of(), List.of(warnings), List.of(), List.of(), List.of()));
    }

    private boolean isNew(Leak leak) {
        return tell("a", leak).first().isPresent();
    }

    @Test
    void names_and_states_make_no_other_warning_but_another_line_does() {
        assertThat(isNew(thread("a", Thread.State.WAITING, 7))).isTrue();
        assertThat(isNew(thread("b", Thread.State.RUNNABLE, 7))).isFalse();
        assertThat(isNew(thread("b", Thread.State.RUNNABLE, 8))).isTrue();
    }

    @Test
    void the_lines_of_the_test_make_no_other_warning() {
        assertThat(isNew(startedBy("ships"))).isTrue();
        assertThat(isNew(startedBy("refunds"))).isFalse();
    }

    /** A thread that a helper of the project starts, which a test calls. */
    private static Leak startedBy(String test) {
        StackTraceElement own = new StackTraceElement("org.shop.OrdersTests", test, "OrdersTests.java", test.length());
        Leak thread = thread("x", Thread.State.WAITING, 1);
        return new Leak(
                thread.kind(),
                thread.subject(),
                List.of(thread.created().getFirst(), own),
                List.of(),
                "fix",
                null,
                null,
                null,
                own);
    }

    @Test
    void where_the_line_is_unknown_names_do_and_numbers_do_not() {
        assertThat(isNew(thread("poll-1", Thread.State.WAITING, 0))).isTrue();
        assertThat(isNew(thread("poll-2", Thread.State.WAITING, 0))).isFalse();
        assertThat(isNew(thread("push-1", Thread.State.WAITING, 0))).isTrue();
    }

    @Test
    void exceptions_are_the_same_if_they_were_thrown_at_one_place_with_like_words() {
        StackTraceElement one = new StackTraceElement("org.shop.Orders", "ship", "Orders.java", 1);
        StackTraceElement other = new StackTraceElement("org.shop.Orders", "ship", "Orders.java", 2);
        assertThat(isNew(failure("order 7", one))).isTrue();
        assertThat(isNew(failure("order 8", one))).isFalse();
        assertThat(isNew(failure("no apples", one))).isTrue();
        assertThat(isNew(failure("order 7", other))).isTrue();
    }

    @Test
    void one_that_occurs_once_is_not_in_the_summary() {
        tell("a", thread("x", Thread.State.WAITING, 1));
        assertThat(repeats.summary()).isEmpty();
        tell("b", thread("x", Thread.State.WAITING, 2));
        assertThat(repeats.summary()).isEmpty();
        tell("c", thread("x", Thread.State.WAITING, 1));
        assertThat(repeats.summary()).hasValue("""
            asyncloop: of the warnings of this run, these occurred again
              1. platform thread "x" (waiting, daemon)
                   started  org.shop.Orders.poll(Orders.java:1)
                   first    a
                   again    in 1 more test: c\
            """);
    }

    @Test
    void what_occurs_again_is_one_line_whoever_had_it_first() {
        Leak first = thread("x", Thread.State.WAITING, 1);
        Leak second = thread("x", Thread.State.WAITING, 2);
        tell("a", first);
        tell("b", second, leak(LeakKind.EXECUTOR, new Subject.Executor("Pool", 1, 0, 0), 3));
        assertThat(tell("c", first, thread("y", Thread.State.WAITING, 1), second)
                        .all())
                .hasValue("again: 2 platform threads, as in a; 1 platform thread, as in b");
    }

    @Test
    void the_most_frequent_come_first_and_the_rest_is_counted() {
        for (int test = 1; test <= 3; test++) {
            for (int line = 1; line <= 12; line++) {
                if (test < 3 || line == 12) {
                    tell("test " + test, thread("x", Thread.State.WAITING, line));
                }
            }
        }
        assertThat(repeats.summary().orElseThrow())
                .startsWith("asyncloop: of the warnings of this run, these occurred again\n"
                        + "  1. platform thread \"x\" (waiting, daemon)\n"
                        + "       started  org.shop.Orders.poll(Orders.java:12)\n")
                .contains("\n       again    in 2 more tests: test 2, test 3\n  2. ", "\n  10. ")
                .endsWith("\n  and 2 more, each in fewer tests or in as many");
    }

    @Test
    void of_many_tests_the_first_are_named_and_of_many_warnings_those_after_the_first_thousand_told_each_time() {
        for (int test = 0; test <= 10_000; test++) {
            tell("test " + test, thread("x", Thread.State.WAITING, 1));
        }
        assertThat(repeats.summary().orElseThrow())
                .endsWith("\n       again    in 10000 more tests: test 1, test 2, test 3, …");
        for (int line = 2; line <= 1_000; line++) {
            assertThat(isNew(thread("x", Thread.State.WAITING, line))).isTrue();
        }
        assertThat(isNew(thread("x", Thread.State.WAITING, 1_000))).isFalse();
        assertThat(Stream.of(1, 2).map(again -> isNew(thread("x", Thread.State.WAITING, 1_001))))
                .containsExactly(true, true);
    }
}
