package dev.asyncloop.leak.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.subject.Subject.PlatformThread.Role;
import dev.asyncloop.leak.subject.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one call of the project's code made is one entry. */
class FoldingTests {

    /** A class of the project is one that is in a folder, such as this one. */
    private static final String PROJECT = FoldingTests.class.getName();

    private static final StackTraceElement LINE = new StackTraceElement(PROJECT, "test", "FoldingTests.java", 30);

    private static final Subject SERVER = socket("TCP socket listening on :80", "TCP socket (LISTEN)");
    private static final Subject SOCKET = socket("TCP socket a -> b (ESTABLISHED)", "TCP socket (ESTABLISHED)");
    private static final Subject SELECTOR =
            new Subject.Descriptors(List.of(5, 6), new Target("selector (epoll 5, eventfd 6)", "selector", ""), true);
    private static final Subject POOL = new Subject.Executor("Pool", 1, 0, 0);

    private static Subject socket(String words, String sort) {
        return new Subject.Descriptors(List.of(7), new Target(words, sort, ""), false);
    }

    private static Subject thread(Thread.State state) {
        return new Subject.PlatformThread(Role.OWN, "worker", state, true);
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, type + ".java", line);
    }

    private static StackTraceElement project(String method, int line) {
        return frame(PROJECT, method, line);
    }

    private static Leak leak(Subject subject, StackTraceElement... created) {
        LeakKind kind = switch (subject) {
            case Subject.Executor executor -> LeakKind.EXECUTOR;
            case Subject.PlatformThread thread -> LeakKind.PLATFORM_THREAD;
            case Subject.Collected collected -> LeakKind.GARBAGE_COLLECTED;
            case Subject.Process process -> LeakKind.CHILD_PROCESS;
            default -> LeakKind.FILE_DESCRIPTOR;
        };
        return new Leak(kind, subject, List.of(created), List.of(), "fix", null, null);
    }

    private static List<String> heads(Leak... leaks) {
        return new Folding(List.of(leaks))
                .entries().stream().map(entry -> entry.first().what()).toList();
    }

    private static List<String> whats(Subject... subjects) {
        return Stream.of(subjects).map(Sentences::of).toList();
    }

    @Test
    void the_most_telling_comes_first_whatever_was_found_first() {
        Subject collected = new Subject.Collected("new Socket");
        List<Subject> found = List.of(collected, SELECTOR, thread(Thread.State.WAITING), SOCKET, POOL, SERVER);
        for (int left = found.size(); left > 1; left--) {
            Folding folding = new Folding(found.subList(0, left).stream()
                    .map(subject -> leak(subject, LINE))
                    .toList());
            assertThat(folding.entries()).hasSize(1);
            assertThat(folding.things()).isEqualTo(1);
            Subject telling = left == 4 ? found.get(2) : found.get(left - 1);
            assertThat(folding.entries().getFirst().first().subject()).isEqualTo(telling);
        }
    }

    @Test
    void the_line_of_the_head_is_not_repeated_below_it() {
        assertThat(new Folding(List.of(leak(SELECTOR, LINE), leak(SERVER, LINE))).text())
                .isEqualTo("""
                    \n  1. open file descriptor 7 -> TCP socket listening on :80
                           opened   %s
                           fix      fix
                           below    open selector (epoll 5, eventfd 6)\
                    """.formatted(LINE));
    }

    @Test
    void a_constructor_of_the_project_makes_what_belongs_to_its_object() {
        StackTraceElement first = project("<init>", 10);
        StackTraceElement second = project("<init>", 11);
        assertThat(heads(leak(SELECTOR, first, LINE), leak(SERVER, second, LINE)))
                .isEqualTo(whats(SERVER));
        assertThat(heads(leak(SELECTOR, first, LINE), leak(SERVER, project("open", 20), second, LINE)))
                .as("also by a method of its own")
                .isEqualTo(whats(SERVER));
        assertThat(heads(leak(SELECTOR, first, LINE), leak(SERVER, second, project("test", 31))))
                .as("but not by another line")
                .isEqualTo(whats(SELECTOR, SERVER));
        assertThat(heads(leak(SELECTOR, first), leak(SERVER, second)))
                .as("nor where nobody of the project calls it, as for the fields of a test")
                .isEqualTo(whats(SELECTOR, SERVER));
        assertThat(heads(
                        leak(SELECTOR, first, frame("org.runner.Run", "run", 1)),
                        leak(SERVER, second, frame("org.runner.Run", "run", 1))))
                .isEqualTo(whats(SELECTOR, SERVER));
    }

    @Test
    void what_a_library_makes_for_one_line_is_one_entry() {
        assertThat(heads(
                        leak(SELECTOR, frame("org.shop.Loop", "<init>", 1), LINE),
                        leak(POOL, frame("org.shop.Pool", "<init>", 2), LINE)))
                .isEqualTo(whats(POOL));
    }

    @Test
    void other_lines_and_other_calls_are_other_entries() {
        StackTraceElement helper = project("helper", 50);
        assertThat(heads(leak(SELECTOR, project("test", 31)), leak(SERVER, LINE)))
                .isEqualTo(whats(SELECTOR, SERVER));
        assertThat(heads(leak(SELECTOR, helper, project("test", 31)), leak(SERVER, helper, LINE)))
                .isEqualTo(whats(SELECTOR, SERVER));
    }

    @Test
    void what_has_no_line_of_the_project_is_an_entry_of_its_own() {
        assertThat(heads(leak(SELECTOR), leak(SERVER))).isEqualTo(whats(SELECTOR, SERVER));
        StackTraceElement library = frame("org.shop.Loop", "run", 1);
        assertThat(heads(leak(SELECTOR, library), leak(SERVER, library))).isEqualTo(whats(SELECTOR, SERVER));
    }

    @Test
    void things_of_one_sort_are_no_parts_of_each_other() {
        Leak runs = leak(thread(Thread.State.RUNNABLE), LINE);
        Leak waits = leak(thread(Thread.State.WAITING), LINE);
        assertThat(heads(runs, waits)).hasSize(2);
        assertThat(new Folding(List.of(runs, waits, waits)).things()).isEqualTo(3);
        assertThat(new Folding(List.of(runs, waits, leak(SERVER, LINE))).things())
                .isEqualTo(1);
    }

    @Test
    void kinds_that_are_no_parts_stay_entries() {
        Subject process = new Subject.Process(7, "sleep 9");
        assertThat(heads(leak(process, LINE), leak(SERVER, LINE))).isEqualTo(whats(process, SERVER));
    }
}
