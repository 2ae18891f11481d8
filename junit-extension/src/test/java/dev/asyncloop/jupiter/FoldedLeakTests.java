package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.generators.AsyncGenerator;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What hangs below a leaked task is told with it, and of many leaks the first. */
class FoldedLeakTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    private static String at(String method, String marker) throws IOException {
        return Line.of(FoldedLeakTests.class, method, marker);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Tree {
        @Test
        void starts_a_server(EventLoop loop) {
            loop.createTask("server", () -> serve(loop)); // server
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        }

        private static void serve(EventLoop loop) {
            Task<?> request = loop.createTask("request", () -> handle(loop));
            loop.callLater(LONG, () -> {}); // timer
            numbers().iterator().next();
            request.await(); // await
        }

        private static void handle(EventLoop loop) {
            loop.createTask("audit", Tree::audit);
            Asyncio.sleep(LONG); // request
        }

        private static void audit() {
            Asyncio.sleep(LONG); // audit
        }

        private static AsyncGenerator<Integer> numbers() {
            return AsyncGenerator.of(Tree::count);
        }

        private static void count(AsyncGenerator.Emitter<Integer> emitter) {
            emitter.emit(1); // emit
        }

        @Test
        void starts_a_task_by_one_that_ends(EventLoop loop) {
            loop.createTask("starts", () -> loop.createTask("left", () -> Asyncio.sleep(LONG)));
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void what_hangs_below_a_leaked_task_folds_under_it() throws IOException {
        Run run = Run.of(Tree.class);
        LeakError error = (LeakError) run.failure("starts_a_server(EventLoop)");
        assertThat(error).hasMessage("""
            FoldedLeakTests.Tree.starts_a_server() left 1 thing behind
              1. pending task "server" (suspended in await of task "request")
                   created  %s
                   waiting  %s
                   fix      await or cancel it, or start it with createBackgroundTask
                   below    pending task "request" (suspended in sleep, 5 min left) at %s
                            pending task "audit" (suspended in sleep, 5 min left) at %s
                            unfinished async generator (suspended in emit) at %s
                            pending timer, due in 5 min, of a lambda in FoldedLeakTests.Tree, created at %s\
            """.formatted(
                        at("$Tree.starts_a_server", "server"),
                        at("$Tree.serve", "await"),
                        at("$Tree.handle", "request"),
                        at("$Tree.audit", "audit"),
                        at("$Tree.count", "emit"),
                        at("$Tree.serve", "timer")));
        assertThat(error.leaks())
                .extracting(Leak::kind)
                .containsExactly(
                        LeakKind.PENDING_TASK,
                        LeakKind.PENDING_TASK,
                        LeakKind.PENDING_TASK,
                        LeakKind.UNFINISHED_GENERATOR,
                        LeakKind.PENDING_TIMER);
        assertThat(error.getSuppressed()).hasSize(1);
    }

    @Test
    void what_a_task_started_that_has_ended_stands_by_itself() {
        assertThat(Run.of(Tree.class).failure("starts_a_task_by_one_that_ends(EventLoop)"))
                .hasMessageContaining("1. pending task \"left\"");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Loops {
        @Test
        void leaves_equal_ones(EventLoop loop) {
            for (int number = 1; number <= 148; number++) {
                leave(loop, "poll-" + number); // leave
            }
            loop.createTask("left", () -> Asyncio.sleep(LONG)); // other
        }

        @Test
        void leaves_equal_ones_below_equal_ones(EventLoop loop) {
            for (int number = 1; number <= 3; number++) {
                loop.createTask(
                        "parent " + number,
                        () -> { // parent
                            leave(loop, "child");
                            Asyncio.sleep(LONG); // parent's
                        });
            }
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void leaves_what_differs_in_state_or_line(EventLoop loop) {
            for (int number = 1; number <= 2; number++) {
                Duration time = number == 1 ? LONG : Duration.ZERO;
                loop.createTask("task " + number, () -> {
                    Asyncio.sleep(time);
                    Asyncio.sleep(LONG);
                });
            }
            leave(loop, "a"); // here
            leave(loop, "b"); // and there
        }

        private static void leave(EventLoop loop, String name) {
            loop.createTask(name, Loops::sleep); // create
        }

        private static void sleep() {
            Asyncio.sleep(LONG); // sleep
        }
    }

    @Test
    void equal_ones_are_one_entry_that_says_how_many() throws IOException {
        LeakError error = (LeakError) Run.of(Loops.class).failure("leaves_equal_ones(EventLoop)");
        assertThat(error).hasMessage("""
            FoldedLeakTests.Loops.leaves_equal_ones() left 149 things behind
              1. pending task "poll-1" (suspended in sleep, 5 min left)
                   created  %s
                   waiting  %s
                   fix      await or cancel it, or start it with createBackgroundTask
                   and      147 more like it: "poll-2", "poll-3", "poll-4", "poll-5", "poll-6", …
              2. pending task "left" (suspended in sleep, 5 min left)
                   created  %s
                   waiting  %s
                   fix      await or cancel it, or start it with createBackgroundTask\
            """.formatted(
                        at("$Loops.leave", "create"),
                        at("$Loops.sleep", "sleep"),
                        at("$Loops.leaves_equal_ones", "other"),
                        at("$Loops.lambda$leaves_equal_ones$0", "other")));
        assertThat(error.leaks()).hasSize(149);
        assertThat(error.getSuppressed()).hasSize(2);
    }

    @Test
    void what_hangs_below_equal_ones_is_told_once_too() throws IOException {
        String child = "pending task \"child\" (suspended in sleep, 5 min left) at " + at("$Loops.sleep", "sleep");
        assertThat(Run.of(Loops.class).failure("leaves_equal_ones_below_equal_ones(EventLoop)"))
                .hasMessageStartingWith("FoldedLeakTests.Loops.leaves_equal_ones_below_equal_ones() left 3 things")
                .hasMessageEndingWith("\n       and      2 more like it: \"parent 2\", \"parent 3\"\n       below    "
                        + child + ", and 2 more like it");
    }

    @Test
    void those_of_other_stacks_or_places_stand_for_themselves() {
        LeakError error = (LeakError) Run.of(Loops.class).failure("leaves_what_differs_in_state_or_line(EventLoop)");
        assertThat(error.getMessage()).doesNotContain("like it").contains("  4. pending task");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Many {
        @Test
        void leaves_many(EventLoop loop) {
            for (int number = 1; number <= 12; number++) {
                leave(loop, "number " + number, number);
            }
            loop.callLater(LONG, () -> {});
        }

        /** By a stack for each. */
        private static void leave(EventLoop loop, String name, int depth) {
            if (depth > 0) {
                leave(loop, name, depth - 1);
            } else {
                loop.createTask(name, () -> Asyncio.sleep(LONG));
            }
        }

        @Test
        void leaves_many_below_one(EventLoop loop) {
            loop.createTask("root", () -> {
                leaves_many(loop);
                Asyncio.sleep(LONG);
            });
        }
    }

    @Test
    void of_many_the_first_ten_are_told_and_the_others_counted() {
        Run run = Run.of(Many.class);
        LeakError many = (LeakError) run.failure("leaves_many(EventLoop)");
        assertThat(many)
                .hasMessageStartingWith("FoldedLeakTests.Many.leaves_many() left 13 things behind\n")
                .hasMessageContaining("\n  10. pending task \"number 10\"")
                .hasMessageEndingWith("\n  and 3 more: 2 pending tasks, 1 pending timer");
        assertThat(many.leaks()).hasSize(13);
        assertThat(many.getSuppressed()).hasSize(10);
        assertThat(run.failure("leaves_many_below_one(EventLoop)"))
                .hasMessageStartingWith("FoldedLeakTests.Many.leaves_many_below_one() left 1 thing behind\n")
                .hasMessageContaining("\"number 10\"")
                .hasMessageEndingWith("\n                and 3 more: 2 pending tasks, 1 pending timer");
    }
}
