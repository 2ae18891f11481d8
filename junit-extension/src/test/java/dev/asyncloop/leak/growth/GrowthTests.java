package dev.asyncloop.leak.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.FreshJvm;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What there is more of after code ran again and again. All of the process is counted, so that something else which ends meanwhile would
 * hide a growth by one: it grows by twenty.
 */
@Timeout(60)
class GrowthTests {

    @TempDir
    private Path folder;

    private Path file;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    @BeforeAll
    static void install() {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(folder.resolve("orders.db"));
    }

    @AfterEach
    void close() throws Exception {
        for (Closeable each : open) {
            each.close();
        }
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void leaveOpen() throws IOException {
        open.add(new FileInputStream(file.toFile()));
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void descriptors_that_each_run_leaves_open_are_shown_once_with_their_line() {
        Growth growth = Growth.ofDescriptors(20, this::leaveOpen);
        assertThat(growth.more())
                .hasSize(20)
                .allSatisfy(leak -> assertThat(leak.origin())
                        .map(StackTraceElement::getMethodName)
                        .contains("leaveOpen"));
        assertThat(growth.toString())
                .contains(
                        "orders.db\n       opened   dev.asyncloop.leak.growth.GrowthTests.leaveOpen(GrowthTests.java:")
                .contains("and      19 more like it: ");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void what_is_opened_once_or_is_closed_or_takes_the_place_of_another_does_not_count() {
        assertThat(Growth.ofDescriptors(20, () -> {
                            if (open.isEmpty()) {
                                leaveOpen();
                            }
                        })
                        .more())
                .isEmpty();
        assertThat(Growth.ofDescriptors(20, () -> new FileInputStream(file.toFile()).close())
                        .more())
                .isEmpty();
        assertThat(Growth.ofDescriptors(20, () -> {
                            leaveOpen();
                            if (open.size() > 5) {
                                open.removeFirst().close();
                            }
                        })
                        .more())
                .isEmpty();
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void who_asks_for_leaks_is_told_of_them_all_the_same() {
        assertThat(Leaks.find("the code", () -> Growth.ofDescriptors(2, this::leaveOpen)))
                .hasSize(4)
                .allSatisfy(leak -> assertThat(leak.kind()).isEqualTo(LeakKind.FILE_DESCRIPTOR));
    }

    private void startThread() {
        Thread thread = Thread.ofPlatform().name("poller").start(() -> {
            try {
                end.await();
            } catch (InterruptedException stop) {
                return;
            }
        });
        threads.add(thread);
    }

    @Test
    void threads_that_each_run_starts_are_shown_with_their_line() {
        try (EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(Owner.named("the test")))) {
            Growth growth = loop.runUntilComplete(() -> Growth.ofThreads(20, this::startThread));
            assertThat(growth.more()).hasSize(20);
            assertThat(growth.toString())
                    .contains("platform thread \"poller\" (waiting")
                    .contains("started  dev.asyncloop.leak.growth.GrowthTests.startThread(GrowthTests.java:");
        }
    }

    static class WithoutAgent {
        public static void main(String[] arguments) {
            CountDownLatch end = new CountDownLatch(1);
            List<Timer> timers = new ArrayList<>();
            System.out.println(Growth.ofThreads(
                    1,
                    () -> Thread.ofPlatform().name("poller").start(() -> {
                        try {
                            end.await();
                        } catch (InterruptedException stop) {
                            return;
                        }
                    })));
            System.out.println(Growth.ofThreads(1, () -> timers.add(new Timer("ticker"))));
            end.countDown();
            timers.forEach(Timer::cancel);
        }
    }

    @Test
    void without_an_agent_threads_are_shown_without_their_line() throws Exception {
        FreshJvm.Result run = FreshJvm.run(WithoutAgent.class, "-Dasyncloop.self-attach=false");
        assertThat(run.output())
                .contains("1. platform thread \"poller\" (waiting")
                .contains("1. running Timer \"ticker\" (")
                .doesNotContain("started")
                .doesNotContainIgnoringCase("delayScheduler"); // which our own waiting needs
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void threads_that_end_do_not_count_nor_those_that_take_the_place_of_another() {
        assertThat(Growth.ofThreads(5, () -> Thread.ofPlatform().start(() -> {}))
                        .more())
                .isEmpty();
        assertThat(Growth.ofThreads(5, () -> {
                            startThread();
                            if (threads.size() > 2) {
                                Thread oldest = threads.remove(0);
                                oldest.interrupt();
                                oldest.join();
                            }
                        })
                        .more())
                .isEmpty();
    }

    /** It ends when somebody waits for it. */
    @Test
    void a_thread_that_is_about_to_end_is_waited_for() {
        Thread counting = Thread.currentThread();
        Growth growth = Growth.ofThreads(
                1,
                () -> Thread.ofPlatform().start(() -> {
                    while (Stream.of(counting.getStackTrace())
                            .noneMatch(frame -> frame.getMethodName().equals("pause"))) {
                        Thread.onSpinWait();
                    }
                }));
        assertThat(growth.more()).isEmpty();
    }

    @Test
    void workers_of_a_pool_count() {
        List<ForkJoinPool> pools = new ArrayList<>();
        Growth growth = Growth.ofThreads(20, () -> {
            ForkJoinPool pool = new ForkJoinPool(1);
            pools.add(pool);
            pool.submit(() -> {}).get();
        });
        pools.forEach(ForkJoinPool::close);
        assertThat(growth.more()).hasSize(20);
    }

    @Test
    void tasks_that_each_run_leaves_pending_are_shown_and_those_that_end_are_not() {
        try (EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(Owner.named("the test")))) {
            loop.runUntilComplete(() -> {
                assertThat(Growth.ofTasks(3, () -> loop.createTask("poll", () -> Asyncio.sleep(Duration.ofHours(1))))
                                .toString())
                        .contains("pending task \"poll\" (suspended in sleep")
                        .contains("2 more like it");
                assertThat(Growth.ofTasks(3, () -> loop.createTask("ready", () -> {}))
                                .more())
                        .isEmpty();
                assertThat(Growth.ofTasks(3, () -> loop.createBackgroundTask("poll", end::await))
                                .more())
                        .isEmpty();
                Asyncio.allTasks().stream()
                        .filter(task -> task != Asyncio.currentTask())
                        .forEach(task -> task.cancel("enough"));
                end.countDown();
                Asyncio.sleep(Duration.ZERO);
            });
        }
    }

    @Test
    void the_code_runs_twice_as_often_and_what_it_throws_is_thrown() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(Growth.ofThreads(7, runs::incrementAndGet)).hasToString("nothing");
        assertThat(runs).hasValue(14);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Growth.ofThreads(7, () -> {
                    throw new IOException("broken");
                }))
                .withMessage("broken");
    }

    @Test
    void wrong_use_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Growth.ofThreads(0, () -> {}))
                .withMessage("the number of runs must be at least 1: 0");
        assertThatIllegalStateException().isThrownBy(() -> Growth.ofTasks(1, () -> {}));
    }
}
