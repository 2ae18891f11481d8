package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.Eventually;
import dev.asyncloop.testing.FreshJvm;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;

/** A file of leaks that are known. */
class BaselineTests {

    private static final String PARAMETER = Constants.LEAKS_BASELINE_PARAMETER;
    private static final String WRITE = Constants.LEAKS_BASELINE_WRITE_PARAMETER;
    private static final String NAME = BaselineTests.class.getName();
    private static final String LEAVE = "; pending-task; " + NAME + ".leave";

    @TempDir
    private Path folder;

    private Path file;
    private LogCapture log;

    /** What the fixtures do: leave a task behind, or leave nothing. */
    private static boolean fixed;

    @BeforeEach
    void start() {
        file = folder.resolve("leaks.txt");
        log = LogCapture.start();
        fixed = false;
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private static void leave(EventLoop loop, String name) {
        if (!fixed) {
            loop.createTask(name, () -> Asyncio.sleep(Duration.ofMinutes(5)));
        }
    }

    private void baseline(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private Run run(DiscoverySelector... selectors) {
        return Run.with(Map.of(PARAMETER, file.toString()), selectors);
    }

    private Run write(DiscoverySelector... selectors) {
        return Run.with(Map.of(PARAMETER, file.toString(), WRITE, "true"), selectors);
    }

    private List<String> written() throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .toList();
    }

    /** What is said of the file, and not once in the life of a JVM. */
    private List<String> said() {
        return log.messages().stream()
                .filter(message -> message.startsWith("The") || message.contains("let leaks pass"))
                .toList();
    }

    private List<String> warnings() {
        return said().stream().filter(message -> message.startsWith("The")).toList();
    }

    private String says(String what) {
        return "The baseline " + file + " (asyncloop.leaks.baseline) " + what;
    }

    private static String test(Class<?> type, String method) {
        return type.getName() + "." + method;
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaving {
        @Test
        void one(EventLoop loop) {
            leave(loop, "first");
            leave(loop, "second");
        }

        @Test
        void another(EventLoop loop) {
            loop.createTask("parent", () -> {
                leave(loop, "child");
                Asyncio.sleep(Duration.ofMinutes(5));
            });
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void what_is_in_it_passes_and_anything_else_fails() throws IOException {
        baseline("# since we know it", "", test(Leaving.class, "one") + LEAVE);
        Run run = run(selectClass(Leaving.class));
        assertThat(run.failures()).containsOnlyKeys("another(EventLoop)");
        assertThat(run.entries()).isEmpty();
        assertThat(said()).containsExactly("asyncloop: let leaks pass that 1 of the 1 line of " + file + " name");
    }

    @Test
    void what_is_created_elsewhere_or_of_another_kind_or_test_is_something_else() throws IOException {
        baseline(
                test(Leaving.class, "one") + "; pending-task; " + NAME + ".other",
                test(Leaving.class, "one") + "; pending-timer; " + NAME + ".leave",
                test(Leaving.class, "two") + LEAVE,
                test(Leaving.class, "another") + LEAVE); // which hangs below another
        assertThat(run(selectClass(Leaving.class)).failures()).hasSize(2);
    }

    @Test
    void what_hangs_below_a_known_one_passes_with_it() throws IOException {
        baseline(test(Leaving.class, "another") + "; pending-task; " + test(Leaving.class, "another"));
        assertThat(run(selectClass(Leaving.class)).failures()).containsOnlyKeys("one(EventLoop)");
    }

    @Test
    void it_is_written_with_all_that_is_found_and_then_all_pass() throws IOException {
        file = folder.resolve("sub").resolve("leaks.txt");
        assertThat(write(selectClass(Leaving.class)).failures()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("""
            # What tests left behind when this file was written: asyncloop lets it pass, and fails them for anything else.
            # test; kind; what created it. Of a line that no longer occurs, a run says that it can be deleted.

            dev.asyncloop.jupiter.BaselineTests$Leaving.another; pending-task; dev.asyncloop.jupiter.BaselineTests$Leaving.another
            dev.asyncloop.jupiter.BaselineTests$Leaving.one; pending-task; dev.asyncloop.jupiter.BaselineTests.leave
            """);
        assertThat(said()).containsExactly(says("was written, with 2 lines; no leak failed a test meanwhile"));
        assertThat(run(selectClass(Leaving.class)).failures()).isEmpty();
    }

    @Test
    void written_anew_it_keeps_comments_and_the_lines_of_what_did_not_run() throws IOException {
        String elsewhere = "com.example.OrderTests.ships; executor; com.example.Orders.<init>";
        String other = test(Leaving.class, "another") + "; pending-task; " + test(Leaving.class, "another");
        baseline(
                "# ours",
                "",
                test(Leaving.class, "one") + LEAVE,
                "# gone",
                test(Leaving.class, "one") + "; pending-timer; com.example.Orders.<init>",
                "# see issue 12",
                elsewhere,
                other);
        assertThat(write(selectMethod(Leaving.class, "one", EventLoop.class)).failures())
                .isEmpty();
        assertThat(Files.readAllLines(file))
                .containsExactly("# ours", "", "# see issue 12", elsewhere, other, test(Leaving.class, "one") + LEAVE);
    }

    @CheckLeaks(value = LeakMode.OFF, kinds = LeakKind.PENDING_TASK)
    static class Off extends Leaving {}

    @CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
    static class Warned extends Leaving {}

    @AllowLeak(kind = LeakKind.PENDING_TASK, match = "BaselineTests", reason = "known")
    static class Allowed extends Leaving {}

    @Test
    void what_is_off_or_allowed_is_not_written_and_what_warns_is_and_warns_no_more() throws IOException {
        write(selectClass(Off.class), selectClass(Warned.class), selectClass(Allowed.class));
        assertThat(written()).hasSize(2).allMatch(line -> line.contains("$Warned."));
        Run run = run(selectClass(Off.class), selectClass(Warned.class));
        assertThat(run.entries()).isEmpty();
        assertThat(warnings()).hasSize(1); // that it was written
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfAClass {
        @BeforeAll
        static void prepare(EventLoop loop) {
            leave(loop, "class");
        }

        @Test
        void one() {}

        @Test
        void other() {}

        @Nested
        class Within {
            @Test
            void inner() {}
        }
    }

    @Test
    void a_line_of_a_class_is_gone_only_where_all_of_its_tests_ran() throws IOException {
        write(selectClass(OfAClass.class));
        assertThat(written()).containsExactly(OfAClass.class.getName() + LEAVE);
        assertThat(run(selectClass(OfAClass.class)).failures()).isEmpty();

        fixed = true;
        run(selectMethod(OfAClass.class, "one"), selectMethod(OfAClass.class, "other"));
        assertThat(warnings()).hasSize(1); // that it was written
        run(selectClass(OfAClass.class));
        assertThat(warnings().getLast())
                .isEqualTo(says(
                        "has 1 line to delete, since the leak did not occur:\n  " + OfAClass.class.getName() + LEAVE));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Several {
        @RepeatedTest(3)
        void repeats(EventLoop loop, RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() == 2) {
                leave(loop, "second");
            }
        }

        @TestFactory
        Stream<DynamicTest> makes(EventLoop loop) {
            return Stream.of("a", "b").map(name -> dynamicTest(name, () -> leave(loop, name)));
        }

        @Test
        void leaves(EventLoop loop) {
            leave(loop, "left");
        }

        @Test
        void fails(EventLoop loop) {
            if (fixed) {
                throw new IllegalStateException("before it could leave anything");
            }
            leave(loop, "left");
        }

        @Test
        @Disabled("not now")
        void is_not_run() {}
    }

    @Test
    void a_line_of_a_test_is_gone_only_where_all_of_its_invocations_ran_to_their_end() throws IOException {
        write(selectClass(Several.class));
        assertThat(written())
                .containsExactly(
                        test(Several.class, "fails") + LEAVE,
                        test(Several.class, "leaves") + LEAVE,
                        test(Several.class, "makes") + LEAVE,
                        test(Several.class, "repeats") + LEAVE);
        assertThat(run(selectClass(Several.class)).failures()).isEmpty();

        DiscoverySelector repeats = selectMethod(Several.class, "repeats", EventLoop.class, RepetitionInfo.class);
        run(selectIteration(repeats, 0));
        run(selectIteration(repeats, 0, 2));
        fixed = true;
        run(selectIteration(repeats, 1));
        assertThat(warnings()).hasSize(1); // that it was written
        run(selectClass(Several.class));
        assertThat(warnings().getLast())
                .isEqualTo(says("has 3 lines to delete, since the leak did not occur:"
                        + "\n  " + test(Several.class, "leaves") + LEAVE
                        + "\n  " + test(Several.class, "makes") + LEAVE
                        + "\n  " + test(Several.class, "repeats") + LEAVE));
    }

    @Test
    void so_is_a_line_of_a_test_that_its_class_has_no_more() throws IOException {
        baseline(
                "com.example.OrderTests.ships; executor; com.example.Orders.<init>",
                test(Leaving.class, "renamed") + LEAVE);
        run(selectClass(OfAClass.class));
        assertThat(warnings())
                .containsExactly(says("has 1 line to delete, since the leak did not occur:\n  "
                        + test(Leaving.class, "renamed") + LEAVE));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Repeating {
        @RepeatedTest(16)
        void repeats(EventLoop loop) {
            leave(loop, "left");
        }
    }

    @Test
    void tests_that_run_at_the_same_time_are_told_apart() throws IOException {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "4",
                PARAMETER,
                file.toString());
        baseline(test(Leaving.class, "one") + LEAVE, test(Repeating.class, "repeats") + LEAVE);
        Run run = Run.with(parallel, selectClass(Leaving.class), selectClass(Repeating.class));
        assertThat(run.failures()).containsOnlyKeys("another(EventLoop)");
        assertThat(said()).containsExactly("asyncloop: let leaks pass that 2 of the 2 lines of " + file + " name");
    }

    static class Writer {
        public static void main(String[] arguments) {
            Class<?> fixture = System.getProperty("fixture").equals("Leaving") ? Leaving.class : OfAClass.class;
            Run.with(Map.of(PARAMETER, System.getProperty("file"), WRITE, "true"), fixture);
        }
    }

    @Test
    void several_jvms_write_one_file_each_the_lines_of_its_tests() throws Exception {
        List<Callable<FreshJvm.Result>> forks = Stream.of("Leaving", "OfAClass")
                .<Callable<FreshJvm.Result>>map(
                        fixture -> () -> FreshJvm.run(Writer.class, "-Dfixture=" + fixture, "-Dfile=" + file))
                .toList();
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            for (Future<FreshJvm.Result> fork : executor.invokeAll(forks)) {
                assertThat(fork.get().exitCode()).isZero();
            }
        }
        assertThat(written()).hasSize(3);
        assertThat(run(selectClass(Leaving.class), selectClass(OfAClass.class)).failures())
                .isEmpty();
    }

    @EnabledOnOs(OS.LINUX) // /proc/locks
    @Test
    void a_jvm_waits_with_writing_for_another_that_writes() throws Exception {
        try (ExecutorService executor = Executors.newCachedThreadPool();
                FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = other.lock();
            Future<FreshJvm.Result> fork =
                    executor.submit(() -> FreshJvm.run(Writer.class, "-Dfixture=Leaving", "-Dfile=" + file));
            Eventually.eventually("somebody waits for the lock", () -> isWaitedFor(file) || fork.isDone());
            assertThat(fork).isNotDone();
            lock.release();
            assertThat(fork.get().exitCode()).isZero();
        }
        assertThat(written()).hasSize(2);
    }

    private static boolean isWaitedFor(Path file) {
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
            return locks.anyMatch(lock -> lock.contains("-> ") && lock.contains(inode));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void where_there_is_no_file_a_line_says_so_and_all_leaks_count() {
        assertThat(run(selectClass(Leaving.class)).failures()).hasSize(2);
        assertThat(said())
                .containsExactly(
                        says("is not there, and all leaks count; asyncloop.leaks.baseline.write = true writes it"));
    }

    @Test
    void where_the_file_cannot_be_read_a_line_says_so_and_all_leaks_count() throws IOException {
        Files.createDirectory(file);
        assertThat(run(selectClass(Leaving.class)).failures()).hasSize(2);
        assertThat(said())
                .containsExactly(says("cannot be read, and all leaks count: java.io.IOException: Is a directory"));
    }

    @Test
    void a_name_that_is_none_of_a_file_fails_each_class() {
        assertThat(Run.with(Map.of(PARAMETER, "leaks\0.txt"), selectClass(Leaving.class))
                        .failure("BaselineTests$Leaving"))
                .hasMessage(
                        "The configuration parameter asyncloop.leaks.baseline is 'leaks\0.txt'; it may be the path of"
                                + " a file");
    }

    @ExtendWith(AsyncLoopExtension.class)
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class Repeated {

        Repeated(int number) {}

        @Test
        void leaves(EventLoop loop) {
            leave(loop, "of each");
        }
    }

    @Test
    void of_a_class_that_runs_several_times_no_line_is_gone() throws IOException {
        baseline(test(Repeated.class, "leaves") + LEAVE);
        assertThat(run(selectClass(Repeated.class)).failures()).isEmpty();
        fixed = true;
        assertThat(run(selectClass(Repeated.class)).failures()).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_line_that_is_none_is_named_and_all_leaks_count() throws IOException {
        for (String wrong : List.of(
                "<<<<<<< HEAD",
                "a; b",
                "a.B.c; pending-task; ",
                "a.B.c; pending-work; a.D.e",
                "a.B.c; pending-task; a.D.e; f")) {
            baseline("# two", test(Leaving.class, "one") + LEAVE, wrong);
            assertThat(run(selectClass(Leaving.class)).failures()).hasSize(2);
            assertThat(said().getLast())
                    .isEqualTo(says("is ignored, and all leaks count: line 3 is '" + wrong.strip()
                            + "', and not a test, a kind and a method with ';' between them"));
        }
        assertThat(said()).hasSize(5);
    }

    @Test
    void a_file_that_is_no_baseline_is_not_overwritten() throws IOException {
        baseline("<project>");
        assertThat(write(selectClass(Leaving.class)).failures()).hasSize(2);
        assertThat(Files.readString(file)).isEqualTo("<project>\n");
        assertThat(warnings()).singleElement().asString().contains("is ignored, and all leaks count: line 1");
    }

    @Test
    void where_it_cannot_be_written_a_line_says_so() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file")).resolve("leaks.txt");
        Run.with(Map.of(PARAMETER, noFolder.toString(), WRITE, "true"), Leaving.class);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("was not written, and no leak failed a test: java.nio.file.FileAlreadyExistsException");
    }

    @Test
    void a_wrong_way_to_ask_for_writing_is_named() {
        assertThat(Run.with(Map.of(WRITE, "yes"), OfAClass.class).failures())
                .hasSize(1)
                .extractingByKey("BaselineTests$OfAClass")
                .extracting(Throwable::getMessage)
                .isEqualTo("The configuration parameter asyncloop.leaks.baseline.write is 'yes'; it may be 'true' or"
                        + " 'false'");
        Run.with(Map.of(WRITE, "true", PARAMETER, " "), OfAClass.class);
        assertThat(said())
                .containsExactly("The configuration parameter asyncloop.leaks.baseline.write is ignored:"
                        + " asyncloop.leaks.baseline names no file");
    }
}
