package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Outcome;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TaskGroup;
import dev.asyncloop.registers.CombinedFutures;
import dev.asyncloop.testing.FreshJvm;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tasks of a test failed with and nobody looked at; and above all what is none of it. */
class TaskExceptionTests {

    @BeforeAll
    static void seeWhatAllOfReads() {
        ByteBuddyAgent.install();
        assertThat(CombinedFutures.install()).isTrue();
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(TaskExceptionTests.class, method, marker);
    }

    private static String fail() {
        throw new IllegalStateException("no connection\nto the store"); // throws
    }

    /** A task that has failed. */
    private static Task<String> failed() {
        Task<String> task = Asyncio.createTask("connect", TaskExceptionTests::fail);
        Asyncio.sleep(Duration.ZERO);
        assertThat(task.isDone()).isTrue();
        return task;
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Unseen {
        @Test
        void forgets_a_task(EventLoop loop) {
            loop.createTask("connect", TaskExceptionTests::fail); // forgets
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void ends_before_its_task_has_failed(EventLoop loop) {
            loop.createTask("connect", TaskExceptionTests::fail);
        }

        @Test
        void forgets_a_command(EventLoop loop) {
            loop.asExecutor().execute(TaskExceptionTests::fail);
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void forgets_a_background_task(EventLoop loop) {
            loop.createBackgroundTask("serve", () -> {
                throw new IOException();
            });
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void a_task_exception_that_nobody_looked_at_fails_the_test() throws IOException {
        Run run;
        try (LogCapture log = LogCapture.start()) {
            run = Run.of(Unseen.class);
            assertThat(log.messages()).noneMatch(message -> message.contains("never retrieved"));
        }
        assertThat(run.failures()).hasSize(4);
        LeakError error = (LeakError) run.failure("forgets_a_task(EventLoop)");
        assertThat(error).hasMessage("""
            TaskExceptionTests.Unseen.forgets_a_task() left 1 thing behind
              1. exception of task "connect" that nobody looked at (java.lang.IllegalStateException: no connection)
                   created  %s
                   thrown   %s
                   fix      await the task and expect the exception, or handle it in the task\
            """.formatted(at("$Unseen.forgets_a_task", "forgets"), at(".fail", "throws")));
        assertThat(error.leaks()).extracting(Leak::kind).containsExactly(LeakKind.TASK_EXCEPTION);
        assertThat(error.getSuppressed()).hasSize(1);
        assertThat(error.getSuppressed()[0]).hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(run.failure("ends_before_its_task_has_failed(EventLoop)")).hasMessageContaining("task \"connect\"");
        assertThat(run.failure("forgets_a_background_task(EventLoop)"))
                .hasMessageContaining("of background task \"serve\" that nobody looked at (java.io.IOException)");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Seen {
        @Test
        void all_of_caught_and_dropped() {
            Task<?> task = failed();
            assertThatThrownBy(() -> CompletableFuture.allOf(task, failed()).join())
                    .isInstanceOf(CompletionException.class);
        }

        @Test
        void all_of_one() {
            assertThat(catchThrowable(() -> CompletableFuture.allOf(failed()).join()))
                    .isNotNull();
        }

        @Test
        void all_of_many() {
            List<Task<?>> tasks = new ArrayList<>();
            for (int number = 0; number < 9; number++) {
                tasks.add(failed());
            }
            assertThat(CompletableFuture.allOf(tasks.toArray(Task<?>[]::new))).isCompletedExceptionally();
        }

        @Test
        void any_of() {
            assertThat(catchThrowable(() -> CompletableFuture.anyOf(failed(), new CompletableFuture<>())
                            .join()))
                    .isNotNull();
        }

        @Test
        void get() throws InterruptedException {
            try {
                failed().get();
            } catch (ExecutionException expected) {
                assertThat(expected).hasCauseInstanceOf(IllegalStateException.class);
            }
        }

        @Test
        void awaited_by_another_task(EventLoop loop) {
            Task<?> task = failed();
            loop.createTask(() -> catchThrowable(task::await));
        }

        @Test
        void of_a_task_group() {
            assertThat(catchThrowable(() -> TaskGroup.run(group -> {
                        group.createTask(TaskExceptionTests::fail);
                        group.createTask(TaskExceptionTests::fail);
                    })))
                    .isNotNull();
        }

        @Test
        void gathered_as_values() {
            List<Outcome<String>> outcomes = Asyncio.gatherOutcomes(
                            List.of(failed(), Asyncio.createTask(TaskExceptionTests::fail)))
                    .await();
            assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Outcome.Failure.class);
        }

        @Test
        void gathered() {
            assertThat(catchThrowable(
                            () -> Asyncio.gather(List.of(failed(), Asyncio.createTask(TaskExceptionTests::fail)))
                                    .await()))
                    .isNotNull();
        }

        @Test
        void waited_for() {
            assertThat(Asyncio.awaitDone(List.of(Asyncio.createTask(TaskExceptionTests::fail)))
                            .done())
                    .hasSize(1);
        }

        @Test
        void handled_as_reactive_libraries_do() {
            failed().handle((value, thrown) -> "handled");
            failed().whenComplete((value, thrown) -> {});
            failed().exceptionally(thrown -> "handled");
            failed().toCompletableFuture();
            Asyncio.createTask(TaskExceptionTests::fail).handle((value, thrown) -> "handled");
            CompletableFuture.completedFuture("x").thenCompose(x -> failed());
        }

        @Test
        void shielded() {
            assertThat(catchThrowable(() -> Asyncio.shield(failed()).await())).isNotNull();
        }

        @Test
        void run_by_an_executor(EventLoop loop) {
            loop.asExecutor().submit(TaskExceptionTests::fail);
        }
    }

    @Test
    void what_somebody_looked_at_is_no_leak() {
        Run run = Run.of(Seen.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).hasSizeGreaterThan(13);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FailsAnyway {
        @Test
        void with_that_very_exception(EventLoop loop) {
            LoopFuture<String> asked = loop.createFuture();
            loop.createTask("reads", asked::await);
            Asyncio.sleep(Duration.ZERO);
            loop.callSoon(() -> asked.completeExceptionally(new IllegalStateException("no answer")));
            asked.await();
        }

        @Test
        void with_one_that_has_it_as_a_cause(EventLoop loop) throws Exception {
            Exception cause = new IllegalStateException("no answer");
            loop.createTask("reads", () -> {
                Asyncio.sleep(Duration.ZERO);
                throw cause;
            });
            throw new IOException("no connection", cause);
        }

        @Test
        void with_another() throws Exception {
            failed();
            throw new IOException("no connection");
        }
    }

    @Test
    void what_the_test_fails_with_itself_is_told_once() {
        Run run = Run.of(FailsAnyway.class);
        assertThat(run.failure("with_that_very_exception(EventLoop)"))
                .isInstanceOf(IllegalStateException.class)
                .hasNoSuppressedExceptions();
        assertThat(run.failure("with_one_that_has_it_as_a_cause(EventLoop)"))
                .isInstanceOf(IOException.class)
                .hasNoSuppressedExceptions();
        assertThat(run.failure("with_another()").getSuppressed())
                .singleElement()
                .isInstanceOf(LeakError.class);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FailsWhileItIsCancelled {
        @Test
        void leaves_one(EventLoop loop) {
            loop.createTask("poll", FailsWhileItIsCancelled::poll);
            loop.createBackgroundTask("serve", FailsWhileItIsCancelled::poll);
            Asyncio.sleep(Duration.ZERO);
        }

        private static void poll() {
            try {
                Asyncio.sleep(Duration.ofHours(1));
            } finally {
                fail();
            }
        }
    }

    @Test
    void what_a_task_fails_with_while_it_is_got_rid_of_is_no_leak_besides() {
        assertThat(Run.of(FailsWhileItIsCancelled.class).failure("leaves_one(EventLoop)"))
                .hasMessageContaining("left 1 thing behind")
                .hasMessageContaining("pending task \"poll\"");
    }

    @LoopScope(LoopScope.Scope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SharedLoop {
        static LoopFuture<String> asked;

        @BeforeAll
        static void serve(EventLoop loop) {
            asked = loop.createFuture();
            loop.createTask("serve", asked::await);
        }

        @Test
        void a_leaves_one() {
            failed();
        }

        @Test
        void b_lets_the_server_fail() {
            asked.completeExceptionally(new IllegalStateException("no answer"));
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void on_a_shared_loop_each_is_charged_to_whoever_created_the_task() {
        Run run = Run.of(SharedLoop.class);
        assertThat(run.failures()).containsOnlyKeys("a_leaves_one()", "TaskExceptionTests$SharedLoop");
        assertThat(run.failure("TaskExceptionTests$SharedLoop"))
                .hasMessageContaining("left 1 thing behind")
                .hasMessageContaining("exception of task \"serve\"");
    }

    static class Program {
        public static void main(String[] arguments) {
            System.out.println(Run.of(Unseen.class).failures().size() + " of "
                    + Run.of(Seen.class).failures().size());
        }
    }

    @Test
    void where_the_jdk_cannot_be_edited_it_is_logged_and_fails_no_test() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "--add-opens", "java.base/java.lang=ALL-UNNAMED");
        assertThat(result.output()).isEqualTo("0 of 0\n");
        assertThat(result.error()).contains("Task exception was never retrieved", "no connection");
    }

    @Test
    void where_it_can_be_it_is_so_from_the_first_test_on() throws Exception {
        assertThat(FreshJvm.run(Program.class, "-XX:+EnableDynamicAgentLoading").output())
                .isEqualTo("4 of 0\n");
    }
}
