package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order of tasks as a configuration parameter. */
class OrderingParameterTests {

    private static final List<String> ORDERS = new CopyOnWriteArrayList<>();
    private static final List<Integer> RAN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        ORDERS.clear();
        RAN.clear();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Fails {
        @Test
        void test(EventLoop loop) {
            ORDERS.add(loop.ordering().toString());
            List<? extends Task<?>> tasks = IntStream.range(0, 10)
                    .mapToObj(number -> loop.createTask(() -> {
                        RAN.add(number);
                    }))
                    .toList();
            tasks.forEach(Task::await);
            throw new AssertionError("wrong");
        }
    }

    private static Throwable failure(String ordering) {
        return Run.with(Map.of(Constants.ORDERING_PARAMETER, ordering), Fails.class)
                .failure("test(EventLoop)");
    }

    @Test
    void fifo_is_the_default_and_not_worth_a_word() {
        assertThat(Run.of(Fails.class).failure("test(EventLoop)").getSuppressed())
                .isEmpty();
        assertThat(failure("fifo").getSuppressed()).isEmpty();
        assertThat(ORDERS).containsExactly("fifo", "fifo");
        assertThat(RAN).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void a_failure_says_how_to_repeat_its_order() {
        Throwable first = failure(" Shuffled ");
        String order = ORDERS.get(0);
        assertThat(order).matches("shuffled:\\d+");
        assertThat(first.getSuppressed())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .hasMessage(
                                "the tasks ran in a shuffled order; asyncloop.ordering = " + order + " repeats it"));
        List<Integer> ran = List.copyOf(RAN);
        RAN.clear();
        failure(order);
        assertThat(RAN).isEqualTo(ran);
        assertThat(ORDERS).containsExactly(order, order);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Repeated {
        @RepeatedTest(5)
        void test(EventLoop loop) {
            ORDERS.add(loop.ordering().toString());
        }
    }

    @Test
    void without_a_seed_each_test_has_another_order() {
        Run.with(Map.of(Constants.ORDERING_PARAMETER, "shuffled"), Repeated.class);
        assertThat(ORDERS).hasSize(5).doesNotHaveDuplicates();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaks {
        @Test
        void test(EventLoop loop) {
            loop.createTask("left", () -> loop.createFuture().await());
        }
    }

    @Test
    void a_leak_says_it_too() {
        assertThat(Run.with(Map.of(Constants.ORDERING_PARAMETER, "shuffled:-7"), Leaks.class)
                        .failure("test(EventLoop)"))
                .isInstanceOf(LeakError.class)
                .satisfies(error -> assertThat(error.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .contains("the tasks ran in a shuffled order; asyncloop.ordering = shuffled:-7 repeats it"));
    }

    @Test
    void any_other_value_is_refused_before_a_test_runs() {
        for (String value :
                List.of("random", "shuffled:", "shuffled:x", "shuffled:99999999999999999999", "fifo:1", "")) {
            assertThat(Run.with(Map.of(Constants.ORDERING_PARAMETER, value), Fails.class)
                            .failure("OrderingParameterTests$Fails"))
                    .hasMessage("The configuration parameter asyncloop.ordering is '" + value
                            + "'; it may be 'fifo', 'shuffled', or 'shuffled:' and a whole number, the seed");
        }
        assertThat(ORDERS).isEmpty();
    }
}
