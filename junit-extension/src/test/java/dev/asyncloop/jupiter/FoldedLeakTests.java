package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
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
    static class Many {
        @Test
        void leaves_many(EventLoop loop) {
            for (int number = 1; number <= 12; number++) {
                loop.createTask("number " + number, () -> Asyncio.sleep(LONG));
            }
            loop.callLater(LONG, () -> {});
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
