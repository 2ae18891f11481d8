package dev.asyncloop.leak.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which leaks are told as one, and what is told of the others. */
class AlikeTests {

    private static final List<StackTraceElement> LINE =
            List.of(new StackTraceElement("org.shop.Orders", "poll", "Orders.java", 7));

    private static Subject task(String name, Phase phase) {
        return new Subject.Task(TaskKind.TASK, name, new TaskState(phase, Duration.ofSeconds(name.length()), ""));
    }

    private static Subject timer(int minutes, String callback) {
        return new Subject.Handle(
                new HandleSnapshot(
                        HandleKind.TIMER,
                        Duration.ofMinutes(minutes),
                        Duration.ZERO,
                        callback,
                        false,
                        false,
                        0,
                        0,
                        List.of()),
                false);
    }

    private static Subject thread(Role role, String name) {
        return new PlatformThread(role, name, Thread.State.WAITING, true);
    }

    private static Subject file(int number, String path) {
        return new Subject.Descriptors(List.of(number), Target.file(path), false);
    }

    private static Subject selector(int first) {
        String words = "selector (epoll " + first + ", eventfd " + (first + 1) + ")";
        return new Subject.Descriptors(List.of(first, first + 1), new Target(words, "selector", ""), true);
    }

    private static Subject failure(String name, String message) {
        return new Subject.TaskFailure(TaskKind.TASK, name, new Subject.Thrown("org.shop.Refused", message));
    }

    private static Subject kept(String type, int commands) {
        return new Subject.KeptExecutor(type, commands, Subject.KeptExecutor.By.DELAYED, Duration.ofHours(1));
    }

    static List<Arguments> alikeOnOneLine() {
        return List.of(
                Arguments.of(task("a", Phase.SUSPENDED), task("bb", Phase.SUSPENDED), "\"bb\""),
                Arguments.of(timer(5, "poll"), timer(6, "poll"), "due in 6 min"),
                Arguments.of(new Subject.DelayedCommand(), new Subject.DelayedCommand(), ""),
                Arguments.of(
                        new Subject.Generator(GeneratorState.notStarted()),
                        new Subject.Generator(GeneratorState.notStarted()),
                        ""),
                Arguments.of(new Subject.Loop(false, 2), new Subject.Loop(false, 3), "3"),
                Arguments.of(thread(Role.OWN, "a"), thread(Role.OWN, "b"), "\"b\""),
                Arguments.of(thread(Role.HTTP_CLIENT, "a"), thread(Role.HTTP_CLIENT, "b"), ""),
                Arguments.of(new Subject.Executor("Pool", 1, 0, 0), new Subject.Executor("Pool", 1, 0, 4), "4"),
                Arguments.of(kept("Pool", 1), kept("Pool", 2), "2"),
                Arguments.of(new Subject.Process(7, "sleep 9"), new Subject.Process(8, "sleep 9"), "8"),
                Arguments.of(
                        new Subject.Loader("URLClassLoader", List.of("/a.jar")),
                        new Subject.Loader("URLClassLoader", List.of("/b.jar")),
                        "/b.jar"),
                Arguments.of(file(17, "/a"), file(18, "/b"), "18"),
                Arguments.of(selector(5), selector(7), "7"),
                Arguments.of(new Subject.Collected("new Socket"), new Subject.Collected("new Socket"), ""),
                Arguments.of(failure("a", "order 7"), failure("b", "order 8"), "\"b\""),
                Arguments.of(new Subject.Other("container /a 1"), new Subject.Other("container /b 1"), "/b"));
    }

    @ParameterizedTest
    @MethodSource("alikeOnOneLine")
    void what_one_line_creates_is_alike_whatever_it_is_called(Subject first, Subject second, String difference) {
        assertThat(group(LINE, first, second))
                .singleElement()
                .satisfies(alike -> assertThat(
                                String.join(", ", alike.differences().toList()))
                        .isEqualTo(difference));
    }

    static List<Arguments> unlike() {
        return List.of(
                Arguments.of(task("a", Phase.SUSPENDED), task("a", Phase.READY)),
                Arguments.of(timer(5, "poll"), timer(5, "push")),
                Arguments.of(new Subject.Loop(false, 2), new Subject.Loop(true, 2)),
                Arguments.of(thread(Role.OWN, "a"), thread(Role.TIMER, "a")),
                Arguments.of(new Subject.Executor("Pool", 1, 0, 0), new Subject.Executor("Team", 1, 0, 0)),
                Arguments.of(kept("Pool", 1), kept("Team", 1)),
                Arguments.of(new Subject.Process(7, "sleep 9"), new Subject.Process(8, "cat")),
                Arguments.of(selector(5), file(7, "/a")),
                Arguments.of(new Subject.Collected("new Socket"), new Subject.Collected("new ServerSocket")),
                Arguments.of(failure("a", "order 7"), failure("a", "no apples")),
                Arguments.of(new Subject.Other("container"), new Subject.Other("volume")));
    }

    @ParameterizedTest
    @MethodSource("unlike")
    void what_differs_in_more_than_names_and_numbers_is_told_apart(Subject first, Subject second) {
        assertThat(group(LINE, first, second)).hasSize(2);
    }

    @Test
    void where_the_line_is_unknown_names_tell_things_apart_and_numbers_do_not() {
        assertThat(group(List.of(), file(17, "/a"), file(18, "/b"))).hasSize(2);
        assertThat(group(List.of(), file(17, "/a1"), file(18, "/a2"))).hasSize(1);
        assertThat(group(List.of(), thread(Role.OWN, "poll-1"), thread(Role.OWN, "push-1")))
                .hasSize(2);
        assertThat(group(List.of(), thread(Role.OWN, "poll-1"), thread(Role.OWN, "poll-2")))
                .hasSize(1);
    }

    private static List<Alike> group(List<StackTraceElement> created, Subject... subjects) {
        return Alike.group(Stream.of(subjects)
                .map(subject -> new Leak(LeakKind.PENDING_TASK, subject, created, List.of(), "fix", null, null))
                .toList());
    }
}
