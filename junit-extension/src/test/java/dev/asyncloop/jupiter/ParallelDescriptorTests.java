package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the hooks, each of several tests that run at the same time is charged with what it opened itself. */
@EnabledOnOs(OS.LINUX)
class ParallelDescriptorTests {

    /** Any file that is there, and that nothing else opens. */
    private static final String FILE = "/proc/version";

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static Map<String, Throwable> inParallel(Map<String, String> more, Class<?> fixture) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.putAll(Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"));
        return Run.with(parameters, fixture).failures();
    }

    private static FileInputStream open() throws FileNotFoundException {
        FileInputStream file = new FileInputStream(FILE);
        LEFT.add(file);
        return file;
    }

    private static void meet(CyclicBarrier all) throws Exception {
        all.await(30, TimeUnit.SECONDS);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Four {
        static final CyclicBarrier ALL = new CyclicBarrier(4);

        @BeforeEach
        void all_begin() throws Exception {
            meet(ALL);
        }

        @Test
        void leaks_a_file() throws Exception {
            LEFT.add(new FileInputStream(FILE)); // file
            meet(ALL);
        }

        @Test
        void leaks_a_socket_in_a_task(EventLoop loop) throws Exception {
            loop.createTask(() -> LEFT.add(SocketChannel.open())).await(); // socket
            meet(ALL);
        }

        @Test
        void leaks_a_file_in_an_executor() throws Exception {
            Asyncio.toThread(() -> LEFT.add(new FileInputStream(FILE))); // job
            meet(ALL);
        }

        @Test
        void closes_its_file() throws Exception {
            try (FileInputStream file = new FileInputStream(FILE)) {
                assertThat(file.read()).isPositive();
                meet(ALL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORK_JOIN_POOL", "WORKER_THREAD_POOL"})
    void each_is_charged_with_what_it_opened_and_at_the_right_line(String executor) throws IOException {
        Map<String, Throwable> failures;
        try (LogCapture log = LogCapture.start()) {
            // before Jupiter 6.1 there is only the first, and nobody reads this
            failures = inParallel(
                    Map.of("junit.jupiter.execution.parallel.config.executor-service", executor), Four.class);
            assertThat(log.messages()).isEmpty();
        }
        assertThat(failures)
                .containsOnlyKeys(
                        "leaks_a_file()", "leaks_a_socket_in_a_task(EventLoop)", "leaks_a_file_in_an_executor()");
        assertThat(text(failures.get("leaks_a_file()"))).isEqualTo("""
            ParallelDescriptorTests.Four.leaks_a_file() left 1 thing behind
              1. open file descriptor # -> /proc/version
                   opened   %s
                   fix      close it in the test, e.g. with try-with-resources\
            """.formatted(at("$Four.leaks_a_file", "file")));
        assertThat(text(failures.get("leaks_a_socket_in_a_task(EventLoop)")))
                .contains(
                        "left 1 thing behind",
                        "descriptor # -> socket",
                        at("$Four.lambda$leaks_a_socket_in_a_task$0", "socket"));
        assertThat(text(failures.get("leaks_a_file_in_an_executor()")))
                .contains(
                        "left 1 thing behind",
                        "descriptor # -> /proc",
                        at("$Four.lambda$leaks_a_file_in_an_executor$0", "job"));
    }

    /** What is said, without numbers, and without who holds it: that is asked only while there is time. */
    private static String text(Throwable failure) {
        return failure.getMessage()
                .replaceAll("descriptor \\d+", "descriptor #")
                .replaceAll("\n *held .*", "");
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(ParallelDescriptorTests.class, method, marker);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Foreign {
        static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Test
        void has_a_virtual_thread_open_a_file() throws Exception {
            meet(BOTH);
            CountDownLatch opened = new CountDownLatch(1);
            FOR_NOBODY.add(() -> {
                openForLater();
                opened.countDown();
            });
            opened.await();
            meet(BOTH);
        }

        @Test
        void runs_beside_it() throws Exception {
            meet(BOTH);
            meet(BOTH);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OnThreads {
        static final CyclicBarrier ALL = new CyclicBarrier(3);

        @Test
        void has_a_thread_open_a_file() throws Exception {
            meet(ALL);
            Thread.ofPlatform().start(() -> openForLater()).join();
            meet(ALL);
        }

        @Test
        void has_a_pool_open_a_file() throws Exception {
            meet(ALL);
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(ParallelDescriptorTests::openForLater).get();
            }
            meet(ALL);
        }

        @Test
        void runs_beside_them() throws Exception {
            meet(ALL);
            meet(ALL);
        }
    }

    @Test
    void what_threads_open_is_charged_to_whoever_started_them() {
        assertThat(inParallel(Map.of(), OnThreads.class))
                .containsOnlyKeys("has_a_thread_open_a_file()", "has_a_pool_open_a_file()");
    }

    /** Each is run by a virtual thread of its own, which belongs to nobody known. */
    private static final BlockingQueue<Runnable> FOR_NOBODY = new LinkedBlockingQueue<>();

    static {
        Thread.ofPlatform().daemon().name("starts for nobody").start(() -> {
            try {
                while (true) {
                    Thread.startVirtualThread(FOR_NOBODY.take());
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void openForLater() {
        try {
            LEFT.add(new FileInputStream(FILE)); // elsewhere
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void what_nobody_can_be_charged_with_is_told_once_with_its_suspects() throws IOException {
        try (LogCapture log = LogCapture.start()) {
            assertThat(inParallel(Map.of(), Foreign.class)).isEmpty();
            assertThat(inParallel(Map.of(), Foreign.class)).isEmpty(); // which leaves one of its own

            assertThat(log.messages())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith(
                                    "asyncloop: left open by one of several tests that ran at the same time; none of"
                                            + " them fails for it, since nobody saw which\n"
                                            + "  1. open file descriptor ")
                            .contains(
                                    at(".openForLater", "elsewhere"),
                                    "Foreign.has_a_virtual_thread_open_a_file()",
                                    "Foreign.runs_beside_it()")
                            .containsOnlyOnce("suspects "));
        }
    }

    @Test
    void it_is_in_the_file_of_findings_with_its_suspects(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.jsonl");
        assertThat(inParallel(Map.of(Constants.LEAKS_JSON_PARAMETER, file.toString()), Foreign.class))
                .isEmpty();
        assertThat(Files.readAllLines(file))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("{\"kind\":\"file-descriptor\",\"mode\":\"warn\",\"test\":\"[engine:junit-jupiter]\"")
                .contains("\"owner\":\"the test run\"", at(".openForLater", "elsewhere"))
                .containsPattern("\"suspects\":\\[\"ParallelDescriptorTests.Foreign.\\w+\\(\\)\",\""
                        + "ParallelDescriptorTests.Foreign.\\w+\\(\\)\"]");
    }

    @Test
    void a_baseline_is_written_with_it_as_the_runs_and_then_knows_it(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.txt");
        String name = Constants.LEAKS_BASELINE_PARAMETER;
        inParallel(Map.of(name, file.toString(), Constants.LEAKS_BASELINE_WRITE_PARAMETER, "true"), Foreign.class);
        assertThat(Files.readAllLines(file))
                .endsWith(
                        "the test run; file-descriptor; " + ParallelDescriptorTests.class.getName() + ".openForLater");
        try (LogCapture log = LogCapture.start()) {
            inParallel(Map.of(name, file.toString()), Foreign.class);
            assertThat(log.messages())
                    .containsExactly("asyncloop: let leaks pass that 1 of the 1 line of " + file + " name");
        }
    }

    @Test
    void nobody_is_told_where_leaks_are_off() {
        try (LogCapture log = LogCapture.start()) {
            assertThat(inParallel(Map.of(Constants.LEAKS_PARAMETER, "off"), Foreign.class))
                    .isEmpty();
            assertThat(log.messages()).isEmpty();
        }
        assertThat(LEFT.size()).isEqualTo(1);
    }

    /** Keeps something open for all tests, as Spring does. */
    static class OtherExtension implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) throws IOException {
            open();
        }
    }

    @ExtendWith({AsyncLoopExtension.class, OtherExtension.class})
    static class WithOther {
        static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Test
        void meets() throws Exception {
            meet(BOTH);
        }

        @Test
        void meets_too() throws Exception {
            meet(BOTH);
        }
    }

    @Test
    void what_another_extension_opens_is_nobodys_and_not_told() {
        try (LogCapture log = LogCapture.start()) {
            assertThat(inParallel(Map.of(), WithOther.class)).isEmpty();
            assertThat(log.messages()).isEmpty();
        }
        assertThat(LEFT.size()).isEqualTo(2);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Alone {
        @Test
        void has_a_thread_open_a_file() throws Exception {
            Thread thread = Thread.ofPlatform().start(() -> openForLater());
            thread.join();
        }
    }

    @Test
    void in_a_test_that_ran_alone_a_thread_that_it_started_opened_it_for_that_test() throws IOException {
        assertThat(text(Run.of(Alone.class).failure("has_a_thread_open_a_file()")))
                .contains("descriptor # -> /proc/version", at(".openForLater", "elsewhere"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    @LoopScope(LoopScope.Scope.CLASS)
    static class OfItsClass {
        @BeforeAll
        static void serve(EventLoop loop) {
            loop.createBackgroundTask("server", () -> {
                Asyncio.sleep(Duration.ofMillis(1));
                open();
            });
        }

        @Test
        void waits() {
            while (LEFT.size() == 0) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
        }
    }

    @Test
    void what_a_task_of_the_class_opens_while_a_test_runs_is_the_classs() {
        assertThat(Run.of(OfItsClass.class).failures()).containsOnlyKeys("ParallelDescriptorTests$OfItsClass");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Pooled {
        static Selector pool;
        static SocketChannel connection;

        @BeforeAll
        static void opens_the_pool() throws IOException {
            pool = Selector.open();
        }

        @Test
        void connects() throws IOException {
            connection = SocketChannel.open();
            connection.configureBlocking(false).register(pool, SelectionKey.OP_CONNECT);
            pool.selectNow();
        }

        @AfterAll
        static void closes_the_pool() throws IOException {
            connection.close();
            pool.close();
        }
    }

    @Test
    void what_a_test_that_ran_alone_is_not_charged_with_is_not_told_later() {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.of(Pooled.class).failures()).isEmpty();
            assertThat(log.messages()).isEmpty();
        }
    }
}
