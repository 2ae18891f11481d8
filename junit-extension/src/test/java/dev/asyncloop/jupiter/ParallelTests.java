package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run at the same time are charged with what their loops show, and never with what the process has open. */
class ParallelTests {

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");

    @TempDir
    static Path folder;

    /** JUnit calls it when everything of the test is over, its leaks included. */
    static class Judged implements TestWatcher {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            Overlapping.OTHER_JUDGED.countDown();
        }
    }

    @ExtendWith({AsyncLoopExtension.class, Judged.class})
    static class Overlapping {
        static final CyclicBarrier BOTH = new CyclicBarrier(2);
        static final CountDownLatch OTHER_JUDGED = new CountDownLatch(1);

        /** Ends while the other test has its file open. */
        @Test
        void leaks_a_task(EventLoop loop) throws Exception {
            BOTH.await(30, TimeUnit.SECONDS);
            loop.createTask("poll", () -> Asyncio.sleep(Duration.ofHours(1)));
            BOTH.await(30, TimeUnit.SECONDS);
        }

        @Test
        void has_a_file_open(EventLoop loop) throws Exception {
            BOTH.await(30, TimeUnit.SECONDS);
            try (FileInputStream file = open()) {
                BOTH.await(30, TimeUnit.SECONDS);
                assertThat(loop.createTask(() -> file.read()).await()).isEqualTo(-1);
                assertThat(OTHER_JUDGED.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }

        private static FileInputStream open() throws IOException {
            return new FileInputStream(
                    Files.createTempFile(folder, "orders", ".db").toFile());
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Dynamic {

        static final AtomicInteger AT_ONCE = new AtomicInteger();

        @TestFactory
        Stream<DynamicTest> factory() {
            return IntStream.range(0, 20)
                    .mapToObj(number -> DynamicTest.dynamicTest("number " + number, () -> {
                        assertThat(AT_ONCE.incrementAndGet()).isEqualTo(1);
                        Asyncio.sleep(Duration.ofMillis(1));
                        AT_ONCE.decrementAndGet();
                    }));
        }
    }

    @Test
    void dynamic_tests_of_a_factory_share_its_loop_and_take_turns() {
        Run run = Run.with(PARALLEL, Dynamic.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).contains("number 0", "number 19");
    }

    @Test
    void each_is_charged_with_its_own_tasks_and_neither_with_the_files_of_the_other() {
        Map<String, Throwable> failures = Run.with(PARALLEL, Overlapping.class).failures();
        assertThat(failures).containsOnlyKeys("leaks_a_task(EventLoop)");
        assertThat(failures.get("leaks_a_task(EventLoop)"))
                .hasMessageStartingWith("ParallelTests.Overlapping.leaks_a_task() left 1 thing behind");
    }
}
