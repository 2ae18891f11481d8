package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same warning of a run is told once, counted, and summed up at the end. */
class RepeatedWarningTests {

    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private final LogCapture log = LogCapture.start();

    @AfterEach
    void stop() {
        log.close();
    }

    private static void leave(EventLoop loop) {
        loop.createTask("left", () -> Asyncio.sleep(LONG)); // leave
    }

    @ExtendWith(AsyncLoopExtension.class)
    @CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
    static class Same {
        @RepeatedTest(20)
        void leaves_a_task(EventLoop loop) {
            leave(loop);
        }
    }

    @Test
    void the_first_is_told_in_full_the_others_in_a_summary(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.jsonl");
        Run run = Run.with(Map.of(Constants.LEAKS_JSON_PARAMETER, file.toString()), Same.class);
        String name = "RepeatedWarningTests.Same.leaves_a_task()";
        assertThat(run.failures()).isEmpty();
        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().getFirst())
                .startsWith(name + " repetition 1 of 20 left 1 thing behind\n  1. pending task");
        assertThat(log.messages().getLast())
                .isEqualTo("""
                    asyncloop: of the warnings of this run, these occurred again
                      1. pending task "left" (suspended in sleep, 60 min left)
                           created  %1$s
                           first    %2$s repetition 1 of 20
                           again    in 19 more tests: %2$s repetition 2 of 20, %2$s repetition 3 of 20, %2$s repetition 4 of 20, …\
                    """.formatted(Line.of(RepeatedWarningTests.class, ".leave", "leave"), name));
        assertThat(run.entries()).hasSize(20).first().isEqualTo(log.messages().getFirst());
        assertThat(run.entries().subList(1, 20))
                .containsOnly("again: 1 pending task, as in " + name + " repetition 1 of 20");
        assertThat(Files.readAllLines(file))
                .hasSize(20)
                .allSatisfy(line -> assertThat(line).contains("\"created\":[\"dev.asyncloop"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    @CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
    static class Mixed {
        @RepeatedTest(2)
        void a(EventLoop loop) {
            leave(loop);
        }

        @RepeatedTest(2)
        void b(EventLoop loop) {
            leave(loop);
        }

        /** By the same lines as {@link #b}, and one more. */
        @RepeatedTest(2)
        void c(EventLoop loop) {
            for (String name : new String[] {"1", "2"}) {
                loop.createTask(name, () -> Asyncio.sleep(LONG));
            }
            leave(loop);
        }
    }

    @Test
    void other_stacks_are_other_warnings() {
        Run run = Run.of(Mixed.class);
        assertThat(log.messages()).hasSize(4);
        assertThat(log.messages().get(2))
                .startsWith("RepeatedWarningTests.Mixed.c() repetition 1 of 2 left 3 things behind");
        assertThat(log.messages().getLast())
                .contains("  4. pending task", "in 1 more test: RepeatedWarningTests.Mixed.a() repetition 2 of 2")
                .doesNotContain("  5. ", "…");
        assertThat(run.entries().getLast())
                .isEqualTo("again: 3 pending tasks, as in RepeatedWarningTests.Mixed.c() repetition 1 of 2");
    }

    @ExtendWith(AsyncLoopExtension.class)
    @CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
    static class SometimesMore {
        static int runs;

        @BeforeAll
        static void start() {
            runs = 0;
        }

        @RepeatedTest(3)
        void leaves(EventLoop loop) {
            leave(loop);
            if (++runs == 2) {
                loop.createTask("other", () -> Asyncio.sleep(LONG));
            }
        }
    }

    @Test
    void beside_one_that_is_known_a_new_one_is_told() {
        Run run = Run.of(SometimesMore.class);
        String name = "RepeatedWarningTests.SometimesMore.leaves()";
        assertThat(log.messages()).hasSize(3);
        assertThat(log.messages().get(1))
                .startsWith(name + " repetition 2 of 3 left 1 thing behind\n  1. pending task \"other\"")
                .doesNotContain("\"left\"");
        assertThat(run.entries().get(1))
                .isEqualTo(log.messages().get(1) + "\n  again: 1 pending task, as in " + name + " repetition 1 of 3");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Failing {
        @RepeatedTest(3)
        void leaves_a_task(EventLoop loop) {
            leave(loop);
        }
    }

    @Test
    void a_failure_is_told_in_full_each_time() {
        Run run = Run.of(Failing.class);
        assertThat(run.failures())
                .hasSize(3)
                .allSatisfy((name, failure) ->
                        assertThat(failure).hasMessageContaining("left 1 thing behind\n  1. pending task \"left\""));
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void each_run_has_its_own_summary() {
        Run.of(Same.class);
        Run.of(Same.class);
        assertThat(log.messages())
                .hasSize(4)
                .filteredOn(message -> message.startsWith("asyncloop: of the warnings"))
                .hasSize(2);
    }

    @Test
    void tests_that_run_at_the_same_time_tell_one_once() {
        Map<String, String> parallel = new HashMap<>();
        parallel.put("junit.jupiter.execution.parallel.enabled", "true");
        parallel.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
        parallel.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
        parallel.put("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        Run run = Run.with(parallel, Same.class);
        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().getLast()).contains("in 19 more tests: ");
        assertThat(run.entries())
                .hasSize(20)
                .filteredOn(entry -> entry.startsWith("again: "))
                .hasSize(19);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Pools {
        static int runs;

        /** Leaves a pool that is idle, or has no thread: that is no other warning. */
        @RepeatedTest(4)
        void leaves_a_pool() throws Exception {
            var pool = Executors.newFixedThreadPool(1);
            LEFT.add(pool::shutdownNow);
            if (++runs % 2 == 1) {
                pool.submit(() -> {}).get();
            }
        }
    }

    @Test
    void the_state_of_a_thing_makes_no_other_warning_of_it() {
        Run.of(Pools.class);
        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().getLast()).contains("unclosed ThreadPoolExecutor", "in 3 more tests: ");
    }
}
