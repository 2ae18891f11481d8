package dev.asyncloop.assertj;

import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThat;
import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThatLeaksOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.leak.LeakPolicy;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.leak.account.Ledger;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.Task;
import dev.asyncloop.origin.Owner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.error.AssertJMultipleFailuresError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the assertions accept, and the texts with which they fail. */
@Timeout(60)
class AsyncLoopAssertionsTests {

    /** Has an owner, so that tasks know where they were created. */
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(Owner.named("the test")));

    @AfterEach
    void close() {
        loop.allTasks().forEach(task -> task.cancel(null));
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        loop.close();
    }

    private static void poll() {
        Asyncio.sleep(Duration.ofHours(1));
    }

    /** The text of a failure, without what differs from run to run. */
    private static String failureOf(ThrowingCallable assertion) {
        AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
        assertThat(failure).isNotNull();
        return String.valueOf(failure.getMessage())
                .replaceAll("<EventLoop [^>]*>", "<the loop>")
                .replaceAll("\\(AsyncLoopAssertionsTests\\.java:\\d+\\)", "(AsyncLoopAssertionsTests.java)")
                .replaceAll("dev\\.asyncloop\\.assertj\\.AsyncLoopAssertionsTests\\.", "AsyncLoopAssertionsTests.");
    }

    @Test
    void of_a_loop() {
        assertThat(loop).isOpen().isNotRunning().hasNoTasks();
        loop.runUntilComplete(() -> {
            assertThat(loop).isRunning().hasNoTasks();
            loop.createTask("poll", AsyncLoopAssertionsTests::poll);
            loop.createTask("drain", AsyncLoopAssertionsTests::poll);
            Asyncio.sleep(Duration.ZERO);
            assertThat(loop).hasOnlyTasks("drain", "poll");
            assertThat(failureOf(() -> assertThat(loop).isNotRunning())).isEqualToIgnoringNewLines("""

                Expecting
                  <the loop>
                not to be running, but a thread runs it\
                """);
        });
        assertThat(failureOf(() -> assertThat(loop).as("the shop's").hasNoTasks()))
                .contains("""
                    [the shop's]\s
                    Expecting
                      <the loop>
                    to have no tasks, but it has 2:
                      <task "poll", suspended in sleep, 60 min left, created at AsyncLoopAssertionsTests.lambda$of_a_loop$\
                    """);
        assertThat(failureOf(() -> assertThat(loop).hasOnlyTasks("poll")))
                .contains("to have only the tasks [poll], but it has:\n  <task \"poll\", ")
                .contains("\n  <task \"drain\", ");
        assertThat(failureOf(() -> assertThat(loop).isRunning())).endsWith("to be running, but no thread runs it");
        assertThat(failureOf(() -> assertThat(loop).isClosed())).endsWith("to be closed, but it is open");
        EventLoop closed = EventLoop.create();
        assertThat(failureOf(() -> assertThat(closed).hasOnlyTasks("poll")))
                .endsWith("to have only the tasks [poll], but it has none");
        closed.close();
        assertThat(closed).isClosed();
        assertThat(failureOf(() -> assertThat(closed).isOpen())).endsWith("to be open, but it is closed");
        assertThat(failureOf(() -> assertThat((EventLoop) null).isOpen())).contains("not to be null");
    }

    @Test
    void of_a_task() {
        Task<?> poll = loop.createTask("poll", AsyncLoopAssertionsTests::poll);
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(poll)
                .hasName("poll")
                .isIn(AsyncLoopAssertionsTests.class, "poll")
                .isNotCancelling()
                .isNotDone();
        assertThat(failureOf(() -> assertThat(poll).hasName("drain")))
                .startsWith("\nExpecting\n  <task \"poll\", suspended in sleep, ")
                .endsWith("\nto be named \"drain\"");
        assertThat(failureOf(() -> assertThat(poll).isIn(EventLoop.class, "close")))
                .endsWith("\nto be in EventLoop.close, but it is in\n"
                        + "  AsyncLoopAssertionsTests.poll(AsyncLoopAssertionsTests.java)");
        assertThat(failureOf(() -> assertThat(poll).isCancelling())).endsWith("to be asked to end, but nobody did");
        poll.cancel("enough");
        assertThat(poll).isCancelling();
        assertThat(failureOf(() -> assertThat(poll).isNotCancelling()))
                .endsWith("not to be asked to end, but it was, 1 time");
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(poll).isCancelled();
        assertThat(failureOf(() -> assertThat(poll).isIn(AsyncLoopAssertionsTests.class, "poll")))
                .endsWith("but it is in no code of the user's");
    }

    @Test
    void a_task_is_in_the_method_around_its_lambda() {
        Task<?> task = loop.createTask("lambda", () -> Asyncio.sleep(Duration.ofHours(1)));
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(task).isIn(AsyncLoopAssertionsTests.class, "a_task_is_in_the_method_around_its_lambda");
    }

    @Test
    void an_assertion_of_a_future_that_waits_lets_the_loop_run() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> future = loop.createFuture();
            Task<Integer> task = loop.createTask("seven", () -> {
                Asyncio.sleep(Duration.ZERO);
                future.complete("done");
                return 7;
            });
            assertThat(future)
                    .isNotDone()
                    .succeedsWithin(Duration.ofSeconds(20))
                    .isEqualTo("done");
            assertThat(task).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(7);
        });
    }

    private static AsyncGenerator<String> abc(List<String> events) {
        return AsyncGenerator.of(out -> {
            try {
                for (String each : List.of("a", "b", "c")) {
                    out.emit(each);
                }
            } finally {
                events.add("closed");
            }
        });
    }

    @Test
    void of_a_generator() {
        loop.runUntilComplete(() -> {
            List<String> events = new ArrayList<>();
            assertThat(abc(events)).yieldsExactly("a", "b", "c");
            assertThat(events).containsExactly("closed");
            assertThat(abc(events)).yieldsFirst("a", "b");
            assertThat(events).as("it does not stay open").hasSize(2);
            assertThat(failureOf(() -> assertThat(abc(events)).yieldsExactly("a", "b")))
                    .endsWith("""

                        to yield exactly
                          [a, b]
                        but it yielded
                          [a, b, c] and maybe more\
                        """);
            assertThat(failureOf(() -> assertThat(abc(events)).yieldsFirst("b")))
                    .endsWith("to yield first\n  [b]\nbut it yielded\n  [a]");
            assertThat(events).hasSize(4);
        });
    }

    private static void leave() {
        EventLoop.running().createTask("left", AsyncLoopAssertionsTests::poll);
    }

    @Test
    void of_what_code_leaves_behind() {
        assertThatLeaksOf(() -> Asyncio.sleep(Duration.ZERO)).areNone().isEmpty();
        assertThatLeaksOf(AsyncLoopAssertionsTests::leave)
                .haveExactlyTheKinds(LeakKind.PENDING_TASK)
                .singleElement()
                .hasKind(LeakKind.PENDING_TASK)
                .isDescribedBy("\"left\"")
                .comesFrom(AsyncLoopAssertionsTests.class, "leave");
        List<Leak> leaks = Leaks.find("the code", AsyncLoopAssertionsTests::leave);
        assertThat(failureOf(() -> AsyncLoopAssertions.assertThatLeaks(leaks).areNone()))
                .startsWith("""

                    Expecting nothing to be left behind, but there is
                      pending task "left" (suspended in sleep, 60 min left)
                           created  AsyncLoopAssertionsTests.leave(AsyncLoopAssertionsTests.java)
                    """);
        assertThat(failureOf(() -> AsyncLoopAssertions.assertThatLeaks(leaks).haveExactlyTheKinds(LeakKind.EXECUTOR)))
                .startsWith(
                        "\nExpecting leaks of the kinds\n  [executor]\nbut they are\n  [pending-task]\n  pending task");
        Leak leak = leaks.get(0);
        assertThat(failureOf(() -> assertThat(leak).hasKind(LeakKind.EXECUTOR)))
                .endsWith("to be of kind executor, but it is of kind pending-task");
        assertThat(failureOf(() -> assertThat(leak).isDescribedBy("right"))).endsWith("to be described by \"right\"");
        assertThat(failureOf(() -> assertThat(leak).comesFrom(EventLoop.class, "close")))
                .contains("to come from EventLoop.close, but it comes from\n"
                        + "  AsyncLoopAssertionsTests.leave(AsyncLoopAssertionsTests.java)");
    }

    private LeakReport reportOf(LeakPolicy policy, boolean leaves) {
        Owner owner = Owner.named("the job");
        Ledger ledger = Ledger.open(owner, null, Judge.by(policy));
        try (EventLoop own = EventLoop.create(LoopOptions.defaults().owner(owner))) {
            own.runUntilComplete(() -> {
                if (leaves) {
                    leave();
                }
            });
            return ledger.close(own);
        }
    }

    @Test
    void of_a_report() {
        LeakReport clean = reportOf(LeakPolicy.defaults(), false);
        LeakReport failing = reportOf(LeakPolicy.defaults(), true);
        LeakReport warning = reportOf(LeakPolicy.defaults().withAll(LeakMode.WARN), true);
        AsyncLoopAssertions.assertThat(clean).hasNoFailure().hasNoWarning();
        AsyncLoopAssertions.assertThat(failing)
                .hasNoWarning()
                .failure()
                .leaks()
                .haveExactlyTheKinds(LeakKind.PENDING_TASK);
        AsyncLoopAssertions.assertThat(warning).hasNoFailure().warning().startsWith("the job left 1 thing behind");

        assertThat(failureOf(() -> AsyncLoopAssertions.assertThat(failing).hasNoFailure()))
                .contains("Expecting a report without a failure but", "the job left 1 thing behind");
        assertThat(failureOf(() -> AsyncLoopAssertions.assertThat(warning).hasNoWarning()))
                .contains("Expecting a report without a warning but\nthe job left 1 thing behind");
        assertThat(failureOf(() -> AsyncLoopAssertions.assertThat(clean).failure()))
                .contains("Expecting a report with a failure, but nothing fails the owner");
        assertThat(failureOf(() -> AsyncLoopAssertions.assertThat(clean).warning()))
                .contains("Expecting a report with a warning, but there is none");
    }

    @Test
    void of_growth() {
        AsyncLoopAssertions.assertThatThreads().stayFlatAcross(3, () -> {});
        loop.runUntilComplete(() -> {
            AsyncLoopAssertions.assertThatTasks().stayFlatAcross(3, () -> loop.createTask(() -> {}));
            assertThat(failureOf(() -> AsyncLoopAssertions.assertThatTasks()
                            .stayFlatAcross(3, () -> loop.createTask("left", AsyncLoopAssertionsTests::poll))))
                    .startsWith("""
                        the number of pending tasks grew across 3 runs of the code:
                          1. pending task "left" (suspended in sleep, 60 min left)
                               created  AsyncLoopAssertionsTests\
                        """)
                    .contains("and      2 more like it");
        });
    }

    @EnabledOnOs(OS.LINUX) // elsewhere they cannot be counted
    @Test
    void of_growth_of_descriptors(@TempDir Path folder) throws IOException {
        AsyncLoopAssertions.assertThatDescriptors()
                .stayFlatAcross(3, () -> Files.list(folder).close());
        List<Closeable> open = new ArrayList<>();
        assertThat(failureOf(() -> AsyncLoopAssertions.assertThatDescriptors()
                        .stayFlatAcross(20, () -> open.add(Files.newDirectoryStream(folder)))))
                .startsWith("the number of open file descriptors grew across 20 runs of the code:\n"
                        + "  1. open file descriptor");
        for (Closeable each : open) {
            each.close();
        }
    }

    @Test
    void of_the_failure_of_a_test() {
        assertThatThrownBy(() -> Leaks.verifyNone("the code", AsyncLoopAssertionsTests::leave))
                .asInstanceOf(AsyncLoopAssertions.LEAK_ERROR)
                .hasMessageStartingWith("the code left 1 thing behind")
                .leaks()
                .haveExactlyTheKinds(LeakKind.PENDING_TASK);
    }

    @Test
    void objects_of_unknown_type_can_be_taken_for_what_they_are() {
        Object task = loop.createTask("poll", AsyncLoopAssertionsTests::poll);
        assertThat((Object) loop).asInstanceOf(AsyncLoopAssertions.EVENT_LOOP).hasOnlyTasks("poll");
        assertThat(task).asInstanceOf(AsyncLoopAssertions.TASK).hasName("poll");
        assertThat(task).asInstanceOf(AsyncLoopAssertions.task(String.class)).isNotDone();
    }

    @Test
    void soft_assertions_collect_what_fails() {
        Task<?> poll = loop.createTask("poll", AsyncLoopAssertionsTests::poll);
        LeakError error = catchThrowableOfType(
                LeakError.class, () -> Leaks.verifyNone("the code", AsyncLoopAssertionsTests::leave));
        AsyncLoopSoftAssertions softly = new AsyncLoopSoftAssertions();
        softly.assertThat(loop).isClosed().isRunning();
        softly.assertThat(poll).hasName("drain").isNotDone();
        softly.assertThat(error).hasMessage("another");
        softly.assertThat(error.leaks().get(0)).hasKind(LeakKind.EXECUTOR);
        softly.assertThat("AssertJ's own").isEmpty();
        assertThatThrownBy(softly::assertAll)
                .isInstanceOfSatisfying(
                        AssertJMultipleFailuresError.class,
                        failures -> assertThat(failures.getFailures()).hasSize(6));
    }
}
