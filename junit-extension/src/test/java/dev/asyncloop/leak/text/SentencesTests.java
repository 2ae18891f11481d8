package dev.asyncloop.leak.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.subject.Subject.KeptExecutor;
import dev.asyncloop.leak.subject.Subject.PlatformThread;
import dev.asyncloop.leak.subject.Subject.PlatformThread.Role;
import dev.asyncloop.leak.subject.Target;
import dev.asyncloop.loop.snapshot.GeneratorState;
import dev.asyncloop.loop.snapshot.HandleKind;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.loop.snapshot.TaskState;
import dev.asyncloop.loop.snapshot.TaskState.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One sentence of each subject, and of each form of it. */
class SentencesTests {

    private static final TaskState RUNNING = new TaskState(Phase.RUNNING, Duration.ZERO, "");
    private static final Subject.Thrown THROWN = new Subject.Thrown("org.shop.Refused", "no apples");

    private static HandleSnapshot handle(HandleKind kind) {
        return new HandleSnapshot(kind, Duration.ofMinutes(5), Duration.ZERO, "poll", false, false, 0, 0, List.of());
    }

    static List<Arguments> subjects() {
        return List.of(
                Arguments.of(new Subject.Task(TaskKind.TASK, "poll", RUNNING), "pending task \"poll\" (running)"),
                Arguments.of(
                        new Subject.Task(TaskKind.VIRTUAL_THREAD, "", RUNNING),
                        "virtual thread without a name (running)"),
                Arguments.of(
                        new Subject.Handle(handle(HandleKind.TIMER), false), "pending timer, due in 5 min, of poll"),
                Arguments.of(
                        new Subject.Handle(handle(HandleKind.CALLBACK), true),
                        "callback that goes on scheduling itself, poll"),
                Arguments.of(new Subject.DelayedCommand(), "pending command of CompletableFuture.delayedExecutor"),
                Arguments.of(
                        new Subject.Generator(new GeneratorState(GeneratorState.Stage.RESTING, null, null)),
                        "unfinished async generator (suspended in emit)"),
                Arguments.of(new Subject.Loop(true, 1), "unclosed event loop (running, 1 task pending)"),
                Arguments.of(new Subject.Loop(false, 0), "unclosed event loop (no task pending)"),
                Arguments.of(
                        new PlatformThread(Role.OWN, "a", Thread.State.TIMED_WAITING, true),
                        "platform thread \"a\" (timed waiting, daemon)"),
                Arguments.of(
                        new PlatformThread(Role.WORKER, "a", Thread.State.RUNNABLE, false),
                        "platform thread \"a\" (runnable, no daemon: it may keep the JVM from ending),"
                                + " of an executor that was shut down"),
                Arguments.of(
                        new PlatformThread(Role.TIMER, "a", Thread.State.WAITING, true),
                        "running Timer \"a\" (waiting, daemon)"),
                Arguments.of(
                        new PlatformThread(Role.HTTP_CLIENT, "a", Thread.State.WAITING, true), "unclosed HttpClient"),
                Arguments.of(
                        new PlatformThread(Role.VIRTUAL, "a", Thread.State.TIMED_WAITING, true),
                        "virtual thread \"a\" (timed waiting, on no event loop)"),
                Arguments.of(
                        new Subject.CollectedClient(),
                        "HttpClient that nobody closed, ended only by the garbage collector"),
                Arguments.of(new Subject.Resource(Subject.Resource.Sort.SHUTDOWN_HOOK, "a"), "shutdown hook \"a\""),
                Arguments.of(new Subject.Resource(Subject.Resource.Sort.SHARED_ARENA, ""), "unclosed shared Arena"),
                Arguments.of(new Subject.Resource(Subject.Resource.Sort.RECORDING, ""), "unclosed JFR recording"),
                Arguments.of(
                        new Subject.Resource(Subject.Resource.Sort.CONNECTOR_SERVER, ""),
                        "running JMX connector server"),
                Arguments.of(new Subject.Executor("Pool", 1, 0, 0), "unclosed Pool (idle, 1 thread)"),
                Arguments.of(
                        new Subject.Executor("Pool", 4, 2, 3), "unclosed Pool (2 busy of 4 threads, 3 tasks queued)"),
                Arguments.of(new Subject.Executor("Pool", 0, -1, 0), "unclosed Pool (no thread)"),
                Arguments.of(
                        new KeptExecutor("Pool", 1, KeptExecutor.By.DELAYED, Duration.ofHours(1)),
                        "Pool that was shut down, kept by 1 delayed command, due in 60 min"),
                Arguments.of(
                        new KeptExecutor("Pool", 2, KeptExecutor.By.PERIODIC, Duration.ofSeconds(5)),
                        "Pool that was shut down, kept by 2 periodic commands, the first due in 5 s"),
                Arguments.of(
                        new KeptExecutor("Pool", 1, KeptExecutor.By.CANCELLED, null),
                        "Pool that was shut down, kept by 1 cancelled command"),
                Arguments.of(
                        new PlatformThread(Role.OWN, "", Thread.State.WAITING, true),
                        "platform thread without a name (waiting, daemon)"),
                Arguments.of(new Subject.Process(7, "sleep 9"), "child process 7 (sleep 9)"),
                Arguments.of(new Subject.Process(7, ""), "child process 7"),
                Arguments.of(
                        new Subject.Loader("URLClassLoader", List.of("/a.jar", "/b.jar")),
                        "unclosed URLClassLoader, which holds open /a.jar and /b.jar"),
                Arguments.of(
                        new Subject.Descriptors(List.of(17), Target.file("/orders"), false),
                        "open file descriptor 17 -> /orders"),
                Arguments.of(
                        new Subject.Descriptors(List.of(5, 6), Target.of("directory", "/x"), false),
                        "open file descriptors 5, 6 -> directory /x"),
                Arguments.of(
                        new Subject.Descriptors(
                                List.of(5, 6), new Target("selector (epoll 5, eventfd 6)", "selector", ""), true),
                        "open selector (epoll 5, eventfd 6)"),
                Arguments.of(
                        new Subject.Collected("new FileInputStream"),
                        "what new FileInputStream opened, closed only by the garbage collector"),
                Arguments.of(
                        new Subject.TaskFailure(TaskKind.TASK, "poll", THROWN),
                        "exception of task \"poll\" that nobody looked at (org.shop.Refused: no apples)"),
                Arguments.of(
                        new Subject.ThreadFailure(true, "", new Subject.Thrown("org.shop.Refused", "")),
                        "uncaught exception of virtual thread without a name (org.shop.Refused)"),
                Arguments.of(new Subject.Other("container redis"), "container redis"));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void a_subject_is_told_in_one_sentence(Subject subject, String sentence) {
        assertThat(Sentences.of(subject)).isEqualTo(sentence);
    }
}
