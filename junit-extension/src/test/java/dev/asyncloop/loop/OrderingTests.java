package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.asyncloop.loop.schedule.Ordering;
import dev.asyncloop.loop.time.LoopClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The orders in which a loop can run what is ready. */
@Timeout(30)
class OrderingTests {

    private static final int TASKS = 8;

    private static EventLoop loop(Ordering ordering) {
        return EventLoop.create(
                LoopOptions.defaults().clock(LoopClock.virtual()).ordering(ordering));
    }

    /** Tasks with some turns each, callbacks between them, and timers: what ran in which order. */
    private static List<String> trace(Ordering ordering) {
        List<String> trace = new ArrayList<>();
        try (EventLoop loop = loop(ordering)) {
            loop.runUntilComplete(() -> {
                List<Task<?>> tasks = new ArrayList<>();
                for (int task = 0; task < TASKS; task++) {
                    int number = task;
                    tasks.add(loop.createTask(() -> {
                        for (int turn = 0; turn < 3; turn++) {
                            trace.add("task " + number + " turn " + turn);
                            Asyncio.sleep(turn == 1 ? Duration.ofSeconds(number / 2) : Duration.ZERO);
                        }
                    }));
                    loop.callSoon(() -> trace.add("callback " + number));
                    loop.callAt(Duration.ofSeconds(-TASKS + number), () -> trace.add("timer " + number));
                }
                tasks.forEach(Task::await);
            });
        }
        return trace;
    }

    @Test
    void fifo_is_the_default_and_the_order_in_which_things_became_ready() {
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < TASKS; number++) {
            expected.add("task " + number + " turn 0");
            expected.add("callback " + number);
        }
        IntStream.range(0, TASKS).forEach(number -> expected.add("timer " + number));
        assertThat(trace(Ordering.fifo())).startsWith(expected.toArray(String[]::new));
        assertThat(trace(LoopOptions.defaults().ordering())).isEqualTo(trace(Ordering.fifo()));
    }

    @Test
    void a_seed_repeats_its_order_exactly() {
        LongStream.of(0, 1, 42, -7, Long.MIN_VALUE)
                .mapToObj(Ordering::shuffled)
                .forEach(ordering -> assertThat(trace(ordering)).isEqualTo(trace(ordering)));
    }

    /** Pinned, so that a seed found on one JDK is of use on another. */
    @Test
    void a_seed_means_the_same_everywhere() {
        List<Integer> order = new ArrayList<>();
        try (EventLoop loop = loop(Ordering.shuffled(42))) {
            IntStream.range(0, 6)
                    .forEach(number -> loop.createTask(() -> {
                        order.add(number);
                    }));
            loop.stop();
            loop.runForever();
        }
        assertThat(order).containsExactly(2, 3, 5, 4, 0, 1);
    }

    @Test
    void different_seeds_give_different_orders() {
        Set<List<String>> traces = new HashSet<>();
        LongStream.range(0, 20).forEach(seed -> traces.add(trace(Ordering.shuffled(seed))));
        assertThat(traces).hasSize(20).doesNotContain(trace(Ordering.fifo()));
    }

    @Test
    void the_same_things_happen_in_any_order() {
        List<String> expected = trace(Ordering.fifo());
        LongStream.range(0, 20)
                .forEach(seed ->
                        assertThat(trace(Ordering.shuffled(seed))).containsExactlyInAnyOrderElementsOf(expected));
    }

    @Test
    void callbacks_and_timers_keep_their_order_and_tasks_their_own() {
        LongStream.range(0, 50).forEach(seed -> {
            List<String> trace = trace(Ordering.shuffled(seed));
            assertThat(trace).filteredOn(event -> event.startsWith("callback")).isSorted();
            assertThat(trace).filteredOn(event -> event.startsWith("timer")).isSorted();
            for (int number = 0; number < TASKS; number++) {
                String name = "task " + number;
                assertThat(trace).filteredOn(event -> event.startsWith(name)).isSorted();
            }
        });
    }

    @Test
    void tasks_run_between_callbacks_too() {
        assertThat(LongStream.range(0, 50).mapToObj(seed -> trace(Ordering.shuffled(seed))))
                .anyMatch(trace -> trace.indexOf("callback 7") < trace.indexOf("task 0 turn 0"))
                .anyMatch(trace -> trace.indexOf("callback 0") > trace.indexOf("task 7 turn 0"));
    }

    /** What is ready runs in its turn, whatever else is. */
    @Test
    void nobody_starves() {
        LongStream.range(0, 20).forEach(seed -> {
            try (EventLoop loop = loop(Ordering.shuffled(seed))) {
                int[] turns = new int[TASKS];
                IntStream.range(0, TASKS)
                        .forEach(number -> loop.createTask(() -> {
                            while (turns[number] < 100) {
                                turns[number]++;
                                Asyncio.sleep(Duration.ZERO);
                            }
                        }));
                for (int turn = 1; turn <= 100; turn++) {
                    loop.stop();
                    loop.runForever();
                    assertThat(turns).containsOnly(turn);
                }
                loop.stop();
                loop.runForever(); // for their ends
            }
        });
    }

    @Test
    void the_seed_is_in_the_pictures() {
        try (EventLoop loop = loop(Ordering.shuffled(42))) {
            assertThat(loop).hasToString("<EventLoop running=false closed=false ordering=shuffled:42>");
            assertThat(loop.snapshot())
                    .hasToString("  no task is pending\n  tasks run in the order shuffled:42\n  virtual time is PT0S");
        }
        try (EventLoop usual = EventLoop.create()) {
            assertThat(usual).hasToString("<EventLoop running=false closed=false>");
            assertThat(usual.ordering()).isEqualTo(Ordering.fifo()).hasToString("fifo");
        }
    }

    @Test
    void orderings_are_equal_by_their_seed() {
        assertThat(Ordering.shuffled(1)).isEqualTo(Ordering.shuffled(1)).hasSameHashCodeAs(Ordering.shuffled(1));
        assertThat(Ordering.shuffled(1)).isNotEqualTo(Ordering.shuffled(2)).isNotEqualTo(Ordering.fifo());
        assertThatNullPointerException().isThrownBy(() -> LoopOptions.defaults().ordering(null));
    }
}
