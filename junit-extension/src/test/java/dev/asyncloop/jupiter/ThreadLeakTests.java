package dev.asyncloop.jupiter;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.FreshJvm;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Threads, executors and processes at the end of a test: whom they are charged to, and what the log says. */
class ThreadLeakTests {

    private static final List<ExecutorService> EXECUTORS = new ArrayList<>();

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    private static ExecutorService left(ExecutorService executor) {
        synchronized (EXECUTORS) {
            EXECUTORS.add(executor);
        }
        return executor;
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(ThreadLeakTests.class, method, marker);
    }

    /** What the log says of leaks in a run that nothing fails in. */
    private static List<String> warnings(Map<String, String> parameters, Class<?> fixture) {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.with(parameters, fixture).failures()).isEmpty();
            return leaks(log);
        } finally {
            EXECUTORS.forEach(ExecutorService::shutdownNow);
            EXECUTORS.clear();
        }
    }

    private static List<String> warnings(Class<?> fixture) {
        return warnings(Map.of(), fixture);
    }

    private static List<String> leaks(LogCapture log) {
        return log.messages().stream()
                .filter(message -> message.contains(" behind\n"))
                .toList();
    }

    private static boolean isWaiting(Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Pool {
        @Test
        void ships() {
            ExecutorService pool = left(Executors.newFixedThreadPool(2)); // pool
            AtomicReference<Thread> worker = new AtomicReference<>();
            pool.execute(() -> {
                worker.set(Thread.currentThread());
                take();
            });
            eventually("it takes", () -> isWaiting(worker.get()));
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
    void an_executor_is_reported_and_fails_nothing() throws IOException {
        assertThat(warnings(Pool.class))
                .containsExactly("""
                    ThreadLeakTests.Pool.ships() left 1 thing behind
                      1. unclosed ThreadPoolExecutor (1 busy of 1 thread)
                           created  %s
                           waiting  %s
                           fix      shut it down, e.g. with try-with-resources\
                    """.formatted(at("$Pool.ships", "pool"), at("$Pool.take", "take")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ClosedInTime {
        @AutoClose
        private final ExecutorService field = Executors.newFixedThreadPool(1);

        @AutoClose
        private ExecutorService made;

        @BeforeEach
        void submit() throws Exception {
            made = Executors.newFixedThreadPool(1);
            made.submit(() -> {}).get();
            field.submit(() -> {}).get();
        }

        @Test
        void runs() {
            Thread.ofPlatform().start(() -> {});
        }
    }

    @Test
    void what_is_closed_after_the_test_is_no_leak() {
        assertThat(warnings(ClosedInTime.class)).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OfClass {
        private static ExecutorService pool;

        @BeforeAll
        static void start() {
            pool = left(Executors.newFixedThreadPool(2));
        }

        @Test
        void first() throws Exception {
            pool.submit(() -> left(Executors.newCachedThreadPool())).get();
        }

        @Test
        void second() throws Exception {
            pool.submit(() -> {}).get();
        }
    }

    @Test
    void what_a_class_makes_is_charged_to_the_class_and_what_its_pool_makes_for_a_test_to_the_test() {
        assertThat(warnings(OfClass.class))
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("ThreadLeakTests.OfClass.first() left 1 thing behind\n")
                        .contains("unclosed ThreadPoolExecutor (idle, no thread)"))
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("ThreadLeakTests.OfClass left 1 thing behind\n")
                        .contains(" 2 threads)"));
    }

    /** Some other extension, which keeps what it makes. */
    static class Keeper implements BeforeEachCallback, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) throws Exception {
            left(Executors.newFixedThreadPool(1)).submit(() -> {}).get();
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            left(Executors.newFixedThreadPool(1)).submit(() -> {}).get();
        }
    }

    @ExtendWith({AsyncLoopExtension.class, Keeper.class})
    static class WithKeeper {
        @Test
        void runs() {}
    }

    @Test
    void what_other_extensions_make_is_nobodys() {
        assertThat(warnings(WithKeeper.class)).isEmpty();
    }

    /** Of the program, in whichever test it is needed first. */
    static final class Http {
        static final HttpClient CLIENT = HttpClient.newHttpClient();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WithStaticClient {
        @Test
        void uses_it() {
            assertThat(Http.CLIENT.connectTimeout()).isEmpty();
        }
    }

    @Test
    void a_client_that_a_class_initialiser_makes_is_nobodys() {
        assertThat(warnings(WithStaticClient.class)).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Overlapping {
        static final CyclicBarrier BOTH = new CyclicBarrier(2);
        static final CountDownLatch END = new CountDownLatch(1);

        @Test
        void makes_a_pool() throws Exception {
            BOTH.await(30, TimeUnit.SECONDS);
            left(Executors.newFixedThreadPool(1)).submit(() -> {}).get();
            BOTH.await(30, TimeUnit.SECONDS);
        }

        @Test
        void starts_a_thread() throws Exception {
            BOTH.await(30, TimeUnit.SECONDS);
            Thread.ofPlatform().daemon().name("listener").start(() -> {
                try {
                    END.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            BOTH.await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void of_tests_that_run_at_once_each_is_charged_with_its_own() {
        List<String> warnings = warnings(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"),
                Overlapping.class);
        Overlapping.END.countDown();
        assertThat(warnings)
                .hasSize(2)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("ThreadLeakTests.Overlapping.makes_a_pool() left 1 thing behind\n")
                        .contains("1. unclosed ThreadPoolExecutor ("))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("ThreadLeakTests.Overlapping.starts_a_thread() left 1 thing behind\n")
                        .contains("1. platform thread \"listener\" (waiting, daemon)"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class EndsWithHelp {
        /** Ends once the loop runs again while the account is made up. */
        @Test
        void starts_a_thread(EventLoop loop) {
            AtomicReference<Thread> runner = new AtomicReference<>();
            loop.callSoon(() -> runner.set(Thread.currentThread()));
            Asyncio.sleep(Duration.ZERO);
            CountDownLatch end = new CountDownLatch(1);
            Thread.ofPlatform().start(() -> {
                eventually(
                        "it is waited for",
                        () -> Stream.of(runner.get().getStackTrace())
                                .anyMatch(frame -> frame.getClassName().endsWith(".LeftBehind")));
                loop.callSoonThreadsafe(end::countDown);
                try {
                    end.await();
                } catch (InterruptedException impossible) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Test
    void the_loop_runs_while_something_is_waited_for() {
        assertThat(warnings(EndsWithHelp.class)).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class FoundOtherwise {
        private static AutoCloseable client;
        private static Process process;

        @Test
        void makes_a_client() {
            client = HttpClient.newHttpClient(); // client
        }

        @Test
        void starts_a_process() throws IOException {
            process = new ProcessBuilder("sleep", "600").start(); // process
        }

        @Test
        void starts_a_virtual_thread() {
            left(Executors.newVirtualThreadPerTaskExecutor()).execute(() -> Asyncio.sleep(Duration.ofHours(1)));
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void what_failed_the_test_already_is_not_reported_again() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.of(FoundOtherwise.class).failures()).hasSize(3);
            assertThat(leaks(log)).isEmpty();
        } finally {
            FoundOtherwise.client.close();
            FoundOtherwise.process.destroyForcibly().waitFor();
            EXECUTORS.forEach(ExecutorService::close);
            EXECUTORS.clear();
        }
    }

    static class Program {
        public static void main(String[] arguments) {
            Run.of(Pool.class);
            Run.of(Pool.class);
            EXECUTORS.forEach(ExecutorService::shutdownNow);
        }
    }

    private static final String NOT_LOOKED_FOR = "Not looked for are platform threads, executors, child processes";

    @Test
    void without_an_agent_it_is_said_once_that_nothing_is_looked_for() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "--add-opens=java.base/java.lang=ALL-UNNAMED");
        assertThat(result.error())
                .containsOnlyOnce("asyncloop: there is no agent. " + NOT_LOOKED_FOR)
                .doesNotContain("behind");
    }

    @Test
    void attached_to_itself_the_jvm_is_watched_from_the_first_test_on() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "-XX:+EnableDynamicAgentLoading");
        assertThat(result.error())
                .doesNotContain(NOT_LOOKED_FOR)
                .containsPattern("(?s)unclosed ThreadPoolExecutor.*unclosed ThreadPoolExecutor");
    }
}
