package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.ThreadOrigins;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.Owner;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/** What a thread that a test left behind does while another test runs: whose that is. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LateLeakTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static Thread poller;
    private static CountDownLatch goOn;
    private static CountDownLatch wentOn;

    @BeforeAll
    static void see_threads() {
        assertThat(ThreadOrigins.install(Owner::ofCurrentThread)).isTrue(); // with the agent that LEFT has attached
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
            poller = Thread.ofPlatform().daemon().name("poller").start(LateLeakTests::goOn);
        }

        @Test
        @Order(2)
        void runs_while_it_goes_on() throws Exception {
            goOn.countDown();
            poller.join();
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
