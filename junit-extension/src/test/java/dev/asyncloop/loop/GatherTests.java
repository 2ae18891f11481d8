package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** asyncio's rules for {@code gather} and {@code shield}. */
@org.junit.jupiter.api.Timeout(60)
class GatherTests {

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * How many tasks await one another. A portable one is a thread, and each of its steps two hand-overs, which is where
     * the time goes. A fifth of them shows the same: if the end of one called the next, as callbacks of
     * {@link CompletableFuture} do, that would overflow the stack, too.
     */
    private static final int NESTED = LoopEngine.byDefault() == LoopEngine.SCHEDULER ? 100_000 : 20_000;

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final LoopFuture<String> first = loop.createFuture();
    private final LoopFuture<String> second = loop.createFuture();
    private final List<String> events = new ArrayList<>();
    private final IOException failure = new IOException("of a future");

    private static void turns(int count) {
        for (int i = 0; i < count; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    private Task<String> endingWith(IOException thrown) {
        return loop.createTask(() -> {
            try {
                Asyncio.sleep(HOUR);
                return "never";
            } catch (CancelledException cancelled) {
                throw thrown;
            }
        });
    }

    @Test
    void G14_the_first_child_that_is_cancelled_ends_it_and_the_others_go_on() {
        loop.runUntilComplete(() -> {
            LoopFuture<List<String>> both = Asyncio.gather(first, second);
            second.cancel("child");
            assertThat(catchThrowable(both::await))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("child");
            assertThat(first).isNotDone();
            assertThat(both.cancel("late")).isFalse();
            turns(1);
            assertThat(first).as("a gather that is done cancels nothing").isNotDone();
        });
    }

    @Test
    void G13_cancelling_it_asks_every_child_and_waits_for_all() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> end = loop.createFuture();
            Task<String> slow = loop.createTask(() -> {
                try {
                    return first.await();
                } finally {
                    end.await();
                }
            });
            turns(1);
            LoopFuture<List<String>> both = Asyncio.gather(slow, second);
            assertThat(both.cancel("all")).isTrue();
            turns(4);
            assertThat(second).isCancelled();
            assertThat(both).isNotDone();
            end.complete("now");
            assertThat(catchThrowable(both::await)).hasMessage("all");
        });
    }

    @Test
    void G13_a_child_that_fails_while_they_are_cancelled_is_what_it_ends_with() {
        loop.runUntilComplete(() -> {
            LoopFuture<List<String>> both = Asyncio.gather(endingWith(failure), second);
            turns(1);
            both.cancel("all");
            assertThat(catchThrowable(both::await)).isSameAs(failure);
        });
    }

    @Test
    void G13_there_is_nothing_to_cancel_where_all_children_are_done() {
        loop.runUntilComplete(() -> {
            LoopFuture<List<String>> both = Asyncio.gather(first, second);
            first.complete("a");
            second.complete("b");
            assertThat(both.cancel("late")).isFalse();
            assertThat(both.await()).containsExactly("a", "b");
        });
    }

    @Test
    void G15_outcomes_wait_for_all_in_order_with_failures_as_values() {
        loop.runUntilComplete(() -> {
            Task<String> task = loop.createTask(() -> "result");
            LoopFuture<List<Outcome<String>>> all =
                    Asyncio.gatherOutcomes(List.of(first, task, second, CompletableFuture.completedFuture(null)));
            second.cancel("cancelled");
            turns(3);
            assertThat(all).isNotDone();
            first.completeExceptionally(failure);
            List<Outcome<String>> outcomes = all.await();
            assertThat(outcomes.get(0)).isEqualTo(new Outcome.Failure<>(failure));
            assertThat(outcomes.get(1)).isEqualTo(new Outcome.Success<>("result"));
            assertThat(outcomes.get(1).get()).isEqualTo("result");
            assertThat(outcomes.get(3).get()).isNull();
            assertThat(catchThrowable(outcomes.get(0)::get)).isSameAs(failure);
            assertThat(catchThrowable(outcomes.get(2)::get))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("cancelled");
            assertThat(Asyncio.gatherOutcomes(List.<LoopFuture<String>>of()).await())
                    .isEmpty();
        });
    }

    @Test
    void G15_cancelling_outcomes_is_a_cancellation_when_all_have_ended() {
        loop.runUntilComplete(() -> {
            LoopFuture<List<Outcome<String>>> all = Asyncio.gatherOutcomes(List.of(endingWith(failure), first));
            turns(1);
            all.cancel("all");
            assertThat(catchThrowable(all::await))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("all");
        });
    }

    @Test
    void one_that_is_given_twice_is_waited_for_once_and_there_twice() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        loop.runUntilComplete(() -> {
            LoopFuture<List<String>> all = Asyncio.gather(first, foreign, first, foreign);
            assertThat(foreign.getNumberOfDependents()).isEqualTo(1);
            first.complete("a");
            turns(2);
            assertThat(all).isNotDone();
            foreign.complete("b");
            assertThat(all.await()).containsExactly("a", "b", "a", "b");
        });
    }

    @Test
    void ten_thousand_children() {
        int count = 10_000;
        loop.runUntilComplete(() -> {
            List<LoopFuture<Integer>> children =
                    Stream.generate(loop::<Integer>createFuture).limit(count).toList();
            LoopFuture<List<Integer>> all = Asyncio.gather(children);
            IntStream.range(0, count).forEach(i -> children.get(count - 1 - i).complete(count - 1 - i));
            assertThat(all.await()).isEqualTo(IntStream.range(0, count).boxed().toList());

            List<Task<Integer>> tasks = IntStream.range(0, count)
                    .mapToObj(i -> loop.createTask(() -> i))
                    .toList();
            assertThat(Asyncio.gather(tasks).await()).hasSize(count);
        });
    }

    @Test
    void G16_shield_lets_the_inner_task_go_on() {
        loop.runUntilComplete(() -> {
            Task<String> inner = loop.createTask("inner", () -> first.await());
            Task<String> outer =
                    loop.createTask(() -> Asyncio.<String>shield(inner).await());
            turns(1);
            assertThat(outer.toString()).contains("suspended in shield of task \"inner\"");
            outer.cancel("outer");
            assertThat(catchThrowable(outer::await)).hasMessage("outer");
            assertThat(inner).isNotDone();
            assertThat(inner.cancelling()).isZero();
            first.complete("went on");
            assertThat(inner.await()).isEqualTo("went on");
        });
    }

    @Test
    void G16_a_shield_ends_as_the_inner_one_does() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> third = loop.createFuture();
            LoopFuture<String> result = Asyncio.shield(first);
            LoopFuture<String> failed = Asyncio.shield(second);
            LoopFuture<String> cancelled = Asyncio.shield(third);
            assertThat(result).isNotSameAs(first);
            first.complete("x");
            second.completeExceptionally(failure);
            third.cancel("inner");
            assertThat(result.await()).isEqualTo("x");
            assertThat(catchThrowable(failed::await)).isSameAs(failure);
            assertThat(catchThrowable(cancelled::await)).hasMessage("inner");
            assertThat(Asyncio.<String>shield(first))
                    .as("what is done needs none")
                    .isSameAs(first);
        });
    }

    @Test
    void G16_a_shield_that_was_cancelled_keeps_nothing_of_the_inner_one() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> shield = Asyncio.shield(first);
            assertThat(shield.cancel("outer")).isTrue();
            assertThat(shield.cancel("again")).isFalse();
            turns(1);
            first.complete("later");
            assertThat(loop.core().driver().othersAreReady()).isFalse();
            assertThat(catchThrowable(shield::await)).hasMessage("outer");
        });
    }

    @Test
    void a_shield_keeps_waitFor_from_cancelling() {
        loop.runUntilComplete(() -> {
            assertThat(catchThrowable(() -> Asyncio.waitFor(Asyncio.shield(first), Duration.ofMillis(1))))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(first).isNotDone();
        });
    }

    @Test
    void very_many_nested_awaits_end() {
        loop.runUntilComplete(() -> {
            Task<Integer> outermost = chain();
            turns(2);
            first.complete("now");
            assertThat(outermost.await()).isEqualTo(NESTED);
        });
        assertThat(loop.allTasks()).isEmpty();
    }

    @Test
    void very_many_nested_awaits_are_cancelled() {
        loop.runUntilComplete(() -> {
            Task<Integer> outermost = chain();
            turns(2);
            outermost.cancel("all");
            assertThat(catchThrowable(outermost::await)).hasMessage("all");
        });
        assertThat(loop.allTasks()).isEmpty();
        assertThat(events).containsExactly("innermost cancelled");
    }

    /** The outermost of a chain of tasks each of which awaits the next one. */
    private Task<Integer> chain() {
        Task<Integer> next = loop.createTask(() -> {
            try {
                first.await();
                return 1;
            } catch (CancelledException cancelled) {
                events.add("innermost cancelled");
                throw cancelled;
            }
        });
        for (int i = 1; i < NESTED; i++) {
            Task<Integer> awaited = next;
            next = loop.createTask(() -> awaited.await() + 1);
        }
        return next;
    }
}
