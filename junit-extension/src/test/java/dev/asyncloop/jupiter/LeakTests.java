package dev.asyncloop.jupiter;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.AsyncGenerator;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TimerHandle;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.io.TempDir;

/** What is found at the end of a test, whom it is charged to, and what the message says. */
class LeakTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static final Duration LONG = Duration.ofHours(1);

    private static String at(String method, String marker) throws IOException {
        return Line.of(LeakTests.class, method, marker);
    }

    private static LeakError leakError(Throwable failure) {
        assertThat(failure).isInstanceOf(LeakError.class);
        return (LeakError) failure;
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class PendingTask {
        @Test
        void polls(EventLoop loop) {
            loop.createTask("poll", () -> Asyncio.sleep(LONG)); // task
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void K08_a_pending_task_fails_the_test() throws IOException {
        LeakError error = leakError(Run.of(PendingTask.class).failure("polls(EventLoop)"));
        assertThat(error)
                .hasMessage("""
                    LeakTests.PendingTask.polls() left 1 thing behind
                      1. pending task "poll" (suspended in sleep, 60 min left)
                           created  %s
                           waiting  %s
                           fix      await or cancel it, or start it with createBackgroundTask\
                    """.formatted(at("$PendingTask.polls", "task"), at("$PendingTask.lambda$polls$0", "task")));
        assertThat(error.leaks()).extracting(Leak::kind).containsExactly(LeakKind.PENDING_TASK);
    }

    @Test
    void the_stack_of_its_creation_is_attached() throws IOException {
        Throwable origin = Run.of(PendingTask.class).failure("polls(EventLoop)").getSuppressed()[0];
        assertThat(origin).hasToString("created here: pending task \"poll\" (suspended in sleep, 60 min left)");
        assertThat(origin.getStackTrace()[0]).hasToString(at("$PendingTask.polls", "task"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class SkippedAfterItsConstructor {
        private final TimerHandle poll;
        private final Selector selector = open();

        SkippedAfterItsConstructor(EventLoop loop) {
            poll = loop.callLater(LONG, () -> {});
        }

        @AfterEach
        void close() throws IOException {
            poll.cancel();
            selector.close();
        }

        @Test
        @Disabled
        void is_skipped() {}

        @Test
        void is_run() {}

        private static Selector open() {
            try {
                return Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_test_that_junit_skips_after_making_its_instance_stays_skipped() {
        Run run = Run.of(SkippedAfterItsConstructor.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped()).containsExactly("is_skipped()");
        assertThat(run.entries()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class NeverStarted {
        @Test
        void blocks_the_way(EventLoop loop) {
            Task<?> first = loop.createTask("first", () -> Asyncio.sleep(LONG));
            loop.createTask("second", () -> first.await());
        }
    }

    @Test
    void what_is_ready_may_start_and_end_before_it_is_judged() {
        assertThat(Run.of(NeverStarted.class).failure("blocks_the_way(EventLoop)"))
                .hasMessageContaining("task \"first\" (suspended in sleep, 60 min left)")
                .hasMessageContaining("task \"second\" (suspended in await of task \"first\")");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class EndsByItself {
        @Test
        void starts_and_goes(EventLoop loop) {
            loop.createTask(() -> {
                for (int turn = 0; turn < 90; turn++) {
                    Asyncio.sleep(Duration.ZERO);
                }
            });
        }
    }

    @Test
    void tasks_that_only_need_a_few_turns_more_are_no_leak() {
        assertThat(Run.of(EndsByItself.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class VirtualThreads {
        private ExecutorService executor;

        @Test
        void loose() {
            Thread.ofVirtual().name("listener").start(VirtualThreads::take); // loose
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void in_an_executor() {
            executor = Executors.newVirtualThreadPerTaskExecutor();
            executor.submit(VirtualThreads::take); // submit
            Asyncio.sleep(Duration.ZERO);
        }

        private static void take() {
            try {
                new LinkedBlockingQueue<>().take(); // take
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void a_virtual_thread_that_the_code_under_test_started_fails_the_test() throws IOException {
        Run run = Run.of(VirtualThreads.class);
        assertThat(run.failure("loose()"))
                .hasMessage("""
                    LeakTests.VirtualThreads.loose() left 1 thing behind
                      1. virtual thread "listener" (suspended in LinkedBlockingQueue.take)
                           created  %s
                           waiting  %s
                           fix      wait for it, e.g. by closing its executor, or interrupt it\
                    """.formatted(at("$VirtualThreads.loose", "loose"), at("$VirtualThreads.take", "take")));
        assertThat(run.failure("in_an_executor()")).hasMessage("""
            LeakTests.VirtualThreads.in_an_executor() left 1 thing behind
              1. virtual thread without a name (suspended in LinkedBlockingQueue.take)
                   created  %s
                   waiting  %s
                   fix      wait for it, e.g. by closing its executor, or interrupt it\
            """.formatted(
                        at("$VirtualThreads.in_an_executor", "submit"), at("$VirtualThreads.take", "take")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class UnclosedLoop {
        static EventLoop left;

        @Test
        void makes_one() {
            left = EventLoop.create(); // loop
            left.callSoon(() -> {});
        }

        @Test
        void closes_one() {
            EventLoop.create().close();
        }
    }

    @Test
    void an_unclosed_loop_fails_the_test_and_is_closed() throws IOException {
        Run run = Run.of(UnclosedLoop.class);
        assertThat(run.failures()).hasSize(1);
        assertThat(run.failure("makes_one()")).hasMessage("""
            LeakTests.UnclosedLoop.makes_one() left 1 thing behind
              1. unclosed event loop (no task pending)
                   created  %s
                   fix      close it, e.g. with try-with-resources\
            """.formatted(at("$UnclosedLoop.makes_one", "loop")));
        assertThat(UnclosedLoop.left.isClosed()).isTrue();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Generators {
        static final List<String> CLEANED = new ArrayList<>();

        private static AsyncGenerator<Integer> numbers() {
            return AsyncGenerator.of(Generators::count); // generator
        }

        private static void count(AsyncGenerator.Emitter<Integer> emitter) {
            try {
                for (int i = 0; ; i++) {
                    emitter.emit(i); // emit
                }
            } finally {
                CLEANED.add("finally");
            }
        }

        @Test
        void breaks_off() {
            for (int number : numbers()) {
                if (number == 3) {
                    break;
                }
            }
        }

        @Test
        void closes() {
            try (AsyncGenerator<Integer> numbers = numbers()) {
                assertThat(numbers.iterator().next()).isZero();
            }
        }

        @Test
        void never_starts() {
            numbers();
        }
    }

    @Test
    void K09_a_started_and_unfinished_generator_fails_the_test_and_is_closed() throws IOException {
        Generators.CLEANED.clear();
        Run run = Run.of(Generators.class);
        assertThat(run.failures()).hasSize(1);
        assertThat(run.failure("breaks_off()"))
                .hasMessage("""
                    LeakTests.Generators.breaks_off() left 1 thing behind
                      1. unfinished async generator (suspended in emit)
                           created  %s
                           waiting  %s
                           fix      iterate it to the end or close it, e.g. with try-with-resources\
                    """.formatted(at("$Generators.numbers", "generator"), at("$Generators.count", "emit")));
        assertThat(Generators.CLEANED).containsExactly("finally", "finally");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OpenFile {
        @TempDir
        static Path folder;

        @Test
        void reads() throws IOException {
            LEFT.add(new FileInputStream(
                    Files.writeString(folder.resolve("orders.db"), "x").toFile()));
        }

        @Test
        void reads_and_closes() throws IOException {
            Files.writeString(folder.resolve("closed.db"), "x");
            assertThat(Files.readString(folder.resolve("closed.db"))).isEqualTo("x");
        }
    }

    @Test
    void an_open_descriptor_fails_the_test() throws IOException {
        Run run = Run.of(OpenFile.class);
        assertThat(run.failures()).hasSize(1);
        LeakError error = leakError(run.failure("reads()"));
        assertThat(error)
                .hasMessageStartingWith("LeakTests.OpenFile.reads() left 1 thing behind\n  1. open file")
                .hasMessageContaining("/orders.db")
                .hasMessageContaining("fix      close it in the test, e.g. with try-with-resources");
        assertThat(error.leaks()).extracting(Leak::kind).containsExactly(LeakKind.FILE_DESCRIPTOR);
    }

    /** Some code under test that opens something for good when it is first used. */
    static class Journal {
        static final FileInputStream FILE = open();

        private static FileInputStream open() {
            try {
                return new FileInputStream(
                        Files.createFile(OpenFile.folder.resolve("journal")).toFile());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FirstUse {
        @Test
        void uses() throws IOException {
            assertThat(Journal.FILE.read()).isEqualTo(-1);
        }
    }

    @Test
    void what_a_class_initialiser_opens_is_charged_to_nobody(@TempDir Path folder) throws IOException {
        ByteBuddyAgent.install(); // or lines, and with them initialisers, would be unknown
        assertThat(DescriptorOrigins.install()).isTrue();
        OpenFile.folder = folder;
        try {
            assertThat(Run.of(FirstUse.class).failures()).isEmpty();
        } finally {
            Journal.FILE.close();
        }
    }

    /** Some code under test that starts something for good when it is first used. */
    static class EchoService {
        private static final SynchronousQueue<String> ASKED = new SynchronousQueue<>();
        private static final SynchronousQueue<String> ANSWERED = new SynchronousQueue<>();
        static final Thread SERVER = Thread.ofVirtual().name("echo").start(EchoService::serve);
        static final EventLoop LOOP = EventLoop.create();

        private static void serve() {
            try {
                while (true) {
                    ANSWERED.put(ASKED.take());
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        static String echo(String text) throws InterruptedException {
            ASKED.put(text);
            return ANSWERED.take();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FirstAndSecondUse {
        @RepeatedTest(2)
        @Timeout(30)
        void asks() throws InterruptedException {
            assertThat(EchoService.echo("hello")).isEqualTo("hello");
            assertThat(EchoService.LOOP.isClosed()).isFalse();
        }
    }

    @Test
    void what_a_class_initialiser_starts_is_charged_to_nobody_and_outlives_the_loop_of_the_first_test()
            throws InterruptedException {
        try {
            assertThat(Run.of(FirstAndSecondUse.class).failures()).isEmpty();
        } finally {
            EchoService.SERVER.interrupt();
            EchoService.SERVER.join();
            EchoService.LOOP.close();
        }
    }

    /** As Spring does with its contexts: opens something for a test or class, and keeps it for others. */
    static class Caching implements BeforeAllCallback, TestInstancePostProcessor {
        static final List<FileInputStream> CACHE = new ArrayList<>();

        @Override
        public void beforeAll(ExtensionContext context) throws IOException {
            CACHE.add(new FileInputStream(
                    Files.createTempFile(OpenFile.folder, "class", "").toFile()));
        }

        @Override
        public void postProcessTestInstance(Object instance, ExtensionContext context) throws IOException {
            CACHE.add(new FileInputStream(
                    Files.createTempFile(OpenFile.folder, "instance", "").toFile()));
        }
    }

    @ExtendWith({AsyncLoopExtension.class, Caching.class})
    static class UsesCache {
        @Test
        void test() {}
    }

    @ExtendWith({Caching.class, AsyncLoopExtension.class})
    static class UsesCacheToo extends UsesCache {}

    @ExtendWith({AsyncLoopExtension.class, Caching.class})
    static class LeaksBesideCache {
        LeaksBesideCache() throws IOException {
            LEFT.add(new FileInputStream(
                    Files.createFile(OpenFile.folder.resolve("constructor")).toFile()));
        }

        @BeforeAll
        static void beforeAll() throws IOException {
            LEFT.add(new FileInputStream(
                    Files.createFile(OpenFile.folder.resolve("beforeAll")).toFile()));
        }

        @Test
        void test() {}
    }

    @Test
    void what_another_extension_opens_and_keeps_is_charged_to_nobody_and_the_tests_own_is(@TempDir Path folder)
            throws IOException {
        OpenFile.folder = folder;
        try {
            assertThat(Run.of(UsesCache.class, UsesCacheToo.class).failures()).isEmpty();
            Run run = Run.of(LeaksBesideCache.class);
            assertThat(run.failure("test()"))
                    .hasMessageContaining("left 1 thing behind")
                    .hasMessageContaining("/constructor");
            assertThat(run.failure("LeakTests$LeaksBesideCache"))
                    .hasMessageContaining("left 1 thing behind")
                    .hasMessageContaining("/beforeAll");
        } finally {
            for (FileInputStream open : Caching.CACHE) {
                open.close();
            }
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ClosedOnTheLoop {
        @Test
        void closes_it_later(EventLoop loop) throws IOException {
            FileInputStream file = new FileInputStream(
                    Files.createFile(OpenFile.folder.resolve("later")).toFile());
            Runnable close = () -> {
                try {
                    file.close();
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
            };
            CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(() -> loop.callSoonThreadsafe(close));
        }
    }

    @Test
    void a_descriptor_that_the_loop_is_about_to_be_told_to_close_is_no_leak(@TempDir Path folder) {
        OpenFile.folder = folder;
        assertThat(Run.of(ClosedOnTheLoop.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FailsAnyway {
        @Test
        void fails(EventLoop loop) {
            loop.createTask("poll", () -> Asyncio.sleep(LONG));
            throw new IllegalStateException("the failure");
        }
    }

    @Test
    void a_failure_of_the_test_itself_comes_first() {
        Throwable failure = Run.of(FailsAnyway.class).failure("fails(EventLoop)");
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("the failure");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0])
                .isInstanceOf(LeakError.class)
                .hasMessageContaining("pending task \"poll\"");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class EndedByTearDown {
        private Task<?> task;

        @AutoClose
        private final ExecutorService closedByJunit = Executors.newVirtualThreadPerTaskExecutor();

        private final CountDownLatch release = new CountDownLatch(1);

        @AutoClose("countDown")
        private final CountDownLatch opened = release;

        @BeforeEach
        void start(EventLoop loop) {
            task = loop.createTask("poll", () -> Asyncio.sleep(LONG));
        }

        @Test
        void goes_on() {
            closedByJunit.submit(() -> {
                release.await();
                return null;
            });
        }

        @AfterEach
        void stop() {
            task.cancel("the test is over");
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class StartedByTearDown {
        private final CountDownLatch handled = new CountDownLatch(1);
        private ThreadFactory onTheLoop;

        /** Closed when nothing is left on the loop, it starts something there and waits for it. */
        @AutoClose
        private final AutoCloseable server = () -> {
            onTheLoop.newThread(handled::countDown).start();
            assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
        };

        @Test
        void serves(EventLoop loop) {
            onTheLoop = loop.threadFactory();
        }
    }

    @Test
    void what_its_tear_down_starts_runs_and_is_no_leak() {
        assertThat(Run.of(StartedByTearDown.class).failures()).isEmpty();
    }

    @Test
    void what_its_tear_down_ends_is_no_leak() {
        assertThat(Run.of(EndedByTearDown.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Background {
        static final List<String> CLEANED = new ArrayList<>();

        @Test
        void goes_on(EventLoop loop) {
            loop.createBackgroundTask("poll", () -> {
                try {
                    Thread.startVirtualThread(VirtualThreads::take);
                    Asyncio.sleep(LONG);
                } finally {
                    CLEANED.add("finally");
                }
            });
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void a_background_task_is_cancelled_and_awaited_silently() {
        Background.CLEANED.clear();
        assertThat(Run.of(Background.class).failures()).isEmpty();
        assertThat(Background.CLEANED).containsExactly("finally");
    }

    @LoopScope(LoopScope.Scope.CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class SharedLoop {
        private static Task<?> ofTheClass;
        private static LoopFuture<String> asked;

        @BeforeAll
        static void serve(EventLoop loop) {
            ofTheClass = loop.createTask("server", () -> {
                while (true) {
                    asked = loop.createFuture();
                    asked.await();
                    loop.createTask("request", () -> Asyncio.sleep(LONG));
                }
            });
        }

        @Test
        @Order(1)
        void leaks(EventLoop loop) {
            loop.callSoon(() -> loop.createTask("of the first test", () -> Asyncio.sleep(LONG)));
        }

        @Test
        @Order(2)
        void is_clean(EventLoop loop) {
            assertThat(loop.allTasks())
                    .extracting(Task::name)
                    .doesNotContain("of the first test")
                    .contains("server");
        }

        @Test
        @Order(3)
        void makes_the_server_start_something() {
            asked.complete("please");
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        }

        @AfterAll
        static void stop() {
            ofTheClass.cancel("the class is over");
        }
    }

    @Test
    void on_a_shared_loop_each_is_charged_to_whoever_created_it_and_once() {
        Run run = Run.of(SharedLoop.class);
        assertThat(run.failures()).containsOnlyKeys("leaks(EventLoop)", "LeakTests$SharedLoop");
        assertThat(run.failure("leaks(EventLoop)"))
                .hasMessageStartingWith("LeakTests.SharedLoop.leaks() left 1 thing behind")
                .hasMessageContaining("\"of the first test\"");
        assertThat(run.failure("LeakTests$SharedLoop"))
                .hasMessageStartingWith("LeakTests.SharedLoop left 1 thing behind")
                .hasMessageContaining("\"request\"");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Dynamic {
        @TestFactory
        List<DynamicTest> factory(EventLoop loop) {
            return List.of(
                    DynamicTest.dynamicTest("leaks", () -> loop.createTask("poll", () -> Asyncio.sleep(LONG))),
                    DynamicTest.dynamicTest(
                            "clean", () -> assertThat(loop.allTasks()).hasSize(1)));
        }
    }

    @Test
    void a_dynamic_test_is_charged_with_its_own_leaks() {
        Run run = Run.of(Dynamic.class);
        assertThat(run.failures()).containsOnlyKeys("leaks");
        assertThat(run.failure("leaks"))
                .hasMessageStartingWith("LeakTests.Dynamic.factory() > leaks left 1 thing behind");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Dying {
        /** As one that prints to an output which others hold. */
        @Test
        void does_not_wait_for_its_thread(EventLoop loop) {
            AtomicReference<Thread> runner = new AtomicReference<>();
            loop.callSoon(() -> runner.set(Thread.currentThread()));
            Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, thrown) -> eventually(
                            "it is waited for",
                            () -> Stream.of(runner.get().getStackTrace())
                                    .anyMatch(frame -> frame.getMethodName().equals("settle")
                                            && frame.getClassName().endsWith(".LoopLeftovers"))))
                    .start(() -> {
                        throw new IllegalStateException();
                    });
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void a_virtual_thread_that_only_tells_what_it_ended_by_is_no_leak() {
        assertThat(Run.of(Dying.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class IgnoresCancellation {
        static final CountDownLatch END = new CountDownLatch(1);

        @Test
        void never_ends(EventLoop loop) {
            loop.createTask("stubborn", () -> {
                while (END.getCount() > 0) {
                    try {
                        END.await();
                    } catch (InterruptedException ignored) {
                        // goes on
                    }
                }
            });
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void other() {}
    }

    @Test
    void a_task_that_ignores_its_cancellation_is_given_up() {
        try {
            Run run = Run.of(IgnoresCancellation.class);
            assertThat(run.failures()).hasSize(1);
            assertThat(run.failure("never_ends(EventLoop)")).hasMessageContaining("\"stubborn\"");
        } finally {
            IgnoresCancellation.END.countDown();
        }
    }
}
