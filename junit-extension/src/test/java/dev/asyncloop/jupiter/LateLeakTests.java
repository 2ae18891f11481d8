package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a thread that a test left behind does while another test runs: whose that is. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LateLeakTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static CountDownLatch goOn;
    private static CountDownLatch wentOn;

    @BeforeAll
    static void see_threads() {
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue(); // with the agent that LEFT has attached
    }

    @BeforeEach
    void begin() {
        goOn = new CountDownLatch(1);
        wentOn = new CountDownLatch(1);
    }

    @AfterEach
    void end() throws InterruptedException {
        goOn.countDown();
        wentOn.await();
    }

    private static void goOn() {
        try {
            goOn.await();
            LEFT.add(new FileInputStream("/proc/version")); // file
            ExecutorService pool = Executors.newFixedThreadPool(1); // pool
            LEFT.add(pool);
            pool.submit(() -> LEFT.add(new FileInputStream("/proc/version"))).get(); // job
        } catch (Exception failed) {
            throw new AssertionError(failed);
        } finally {
            wentOn.countDown();
        }
        throw new IllegalStateException("too late"); // throws
    }

    private static String at(String method, String marker) throws IOException {
        return Line.of(LateLeakTests.class, method, marker);
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Two {
        @Test
        @Order(1)
        void leaves_a_thread() {
            LEFT.addThread(Thread.ofPlatform().daemon().name("poller").start(LateLeakTests::goOn));
        }

        @Test
        @Order(2)
        void runs_while_it_goes_on() throws Exception {
            goOn.countDown();
            LEFT.join();
        }
    }

    @Test
    void it_is_its_creators_and_told_once_when_nobody_is_at_work() throws IOException {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.of(Two.class).failures()).isEmpty();
            List<String> messages = log.messages();
            assertThat(messages).hasSize(2);
            assertThat(messages.get(0))
                    .startsWith("LateLeakTests.Two.leaves_a_thread() left 1 thing behind\n")
                    .contains("platform thread \"poller\"");
            assertThat(messages.get(1))
                    .startsWith("asyncloop: what LateLeakTests.Two.leaves_a_thread() had left behind went on, and left"
                            + " this behind\n  1. ")
                    .contains(
                            at(".goOn", "file"),
                            at(".goOn", "pool"),
                            at(".lambda$goOn$0", "job"),
                            at(".goOn", "throws"))
                    .doesNotContain("runs_while_it_goes_on");
            Run.of(Clean.class);
            assertThat(log.messages()).hasSize(2);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Clean {
        @Test
        void runs() {}
    }

    @Test
    void it_is_in_the_file_of_findings_under_its_creator(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.jsonl");
        Run.with(Map.of(Constants.LEAKS_JSON_PARAMETER, file.toString()), Two.class);
        assertThat(Files.readAllLines(file))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "\"mode\":\"warn\"",
                                "[method:leaves_a_thread()]\",\"name\":\"leaves_a_thread()\"",
                                "\"owner\":\"LateLeakTests.Two.leaves_a_thread()\""))
                .anySatisfy(line -> assertThat(line).contains("platform-thread"))
                .anySatisfy(line -> assertThat(line).contains("file-descriptor", at(".goOn", "file")))
                .anySatisfy(line -> assertThat(line).contains("file-descriptor", at(".lambda$goOn$0", "job")))
                .anySatisfy(line -> assertThat(line).contains("executor", at(".goOn", "pool")))
                .anySatisfy(line -> assertThat(line).contains("uncaught-exception", at(".goOn", "throws")));
    }

    @Test
    void a_baseline_is_written_with_it_and_then_knows_it(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("leaks.txt");
        Map<String, String> parameters = Map.of(Constants.LEAKS_BASELINE_PARAMETER, file.toString());
        Map<String, String> writing = new HashMap<>(parameters);
        writing.put(Constants.LEAKS_BASELINE_WRITE_PARAMETER, "true");
        try (LogCapture log = LogCapture.start()) {
            Run.with(writing, Two.class);
            String test = Two.class.getName() + ".leaves_a_thread; ";
            String goOn = LateLeakTests.class.getName() + ".goOn";
            assertThat(Files.readAllLines(file))
                    .endsWith(
                            test + "executor; " + goOn,
                            test + "file-descriptor; " + goOn,
                            test + "platform-thread; " + Two.class.getName() + ".leaves_a_thread",
                            test + "uncaught-exception; " + Two.class.getName() + ".leaves_a_thread");
            begin();
            assertThat(Run.with(parameters, Two.class).failures()).isEmpty();
            assertThat(log.messages())
                    .containsExactly(
                            "The baseline " + file + " (asyncloop.leaks.baseline) was written, with 4 lines; no leak"
                                    + " failed a test meanwhile",
                            "asyncloop: let leaks pass that 4 of the 4 lines of " + file + " name");
        }
    }

    @Test
    void of_a_thread_that_is_known_is_told_what_is_not(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("leaks.txt"),
                Two.class.getName() + ".leaves_a_thread; platform-thread; " + Two.class.getName() + ".leaves_a_thread");
        try (LogCapture log = LogCapture.start()) {
            Run.with(Map.of(Constants.LEAKS_BASELINE_PARAMETER, file.toString()), Two.class);
            assertThat(log.messages())
                    .hasSize(2)
                    .first(InstanceOfAssertFactories.STRING)
                    .startsWith("asyncloop: what LateLeakTests.Two.leaves_a_thread() had left behind went on");
        }
    }

    @CheckLeaks(value = LeakMode.OFF, kinds = LeakKind.PLATFORM_THREAD)
    static class Off extends Two {}

    @Test
    void where_nobody_is_to_hear_of_the_thread_nobody_hears_of_what_it_does() {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.of(Off.class).failures()).isEmpty();
            assertThat(log.messages()).isEmpty();
        }
    }
}
