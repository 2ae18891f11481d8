package dev.asyncloop.leak.process;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Pause;
import dev.asyncloop.leak.leftovers.BegunLeftovers;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.file.FileSystems;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/** Each kind of thing that a thread or a process belongs to is left, found with its description, ended, and found no more. */
@Timeout(60)
class LeftBehindTests {

    private final Owner owner = Owner.named("test");
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(owner));
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Long> pauses = new ArrayList<>();

    /** What one test leaves, so that it is not garbage. */
    private Object left;

    @BeforeAll
    static void see_threads() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
        JobOrigins.install();
    }

    @AfterEach
    void end_all() {
        end.countDown();
        loop.close();
    }

    private List<Leak> leftBy(ThrowingRunnable body) {
        loop.runUntilComplete(body);
        return left(List.of());
    }

    private List<Leak> left(List<Leak> known) {
        return found(owner, known, millis -> {
            pauses.add(millis);
            Thread.sleep(millis);
        });
    }

    private static List<Leak> found(Owner owner, List<Leak> known, Pause pause) {
        List<Leak> found = new ArrayList<>();
        LeftBehind.of(owner, new BegunLeftovers(owner, known), (left, leak) -> found.add(leak), pause);
        return found;
    }

    @Test
    void a_wait_for_what_ends_is_cheap() {
        Thread thread = loop.runUntilComplete(() -> Thread.ofPlatform().start(this::waitForEnd));
        Leak alike = new BegunLeftovers(owner, List.of()).now().getFirst().leak();
        assertThat(found(owner, List.of(), millis -> {
                    Thread.sleep(100);
                    end.countDown();
                    thread.join();
                }))
                .isEmpty();
        assertThat(Waits.OF_THIS_RUN.of(owner).allow(alike, 3_000)).isBetween(2_901L, 2_999L);
    }

    private static boolean isWaiting(Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
    }

    private void waitForEnd() {
        boolean interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nothing_is_there_and_nobody_waits() {
        assertThat(leftBy(() -> {
                    Thread.ofPlatform().start(() -> {}).join();
                    Thread worker;
                    try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                        worker = pool.submit(Thread::currentThread).get();
                    }
                    worker.join(); // it outlives its pool by a moment
                }))
                .isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void an_executor_is_found_once_with_its_threads() {
        assertThat(leftBy(() -> {
                    ExecutorService mine = Executors.newFixedThreadPool(2);
                    left = mine;
                    mine.submit(() -> {}).get();
                    mine.submit(() -> {}).get();
                    eventually("it is idle", () -> mine.toString().contains("active threads = 0"));
                }))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.kind()).isEqualTo(LeakKind.EXECUTOR);
                    assertThat(leak.what()).isEqualTo("unclosed ThreadPoolExecutor (idle, 2 threads)");
                    assertThat(leak.waiting()).isEmpty();
                });
        assertThat(pauses).as("nobody is about to shut it down").isEmpty();
        ((ExecutorService) left).close();
        assertThat(left(List.of())).isEmpty();
    }

    @Test
    void of_a_busy_executor_it_is_said_where_it_is() {
        Leak leak = leftBy(() -> {
                    ScheduledExecutorService mine = Executors.newScheduledThreadPool(1);
                    left = mine;
                    AtomicReference<Thread> worker = new AtomicReference<>();
                    mine.execute(() -> {
                        worker.set(Thread.currentThread());
                        waitForEnd();
                    });
                    eventually("it waits", () -> isWaiting(worker.get()));
                    mine.schedule(() -> {}, 1, TimeUnit.HOURS);
                })
                .getFirst();
        assertThat(leak.what()).isEqualTo("unclosed ScheduledThreadPoolExecutor (1 busy of 1 thread, 1 task queued)");
        assertThat(leak.waiting().getFirst().getMethodName()).isEqualTo("waitForEnd");
        ((ExecutorService) left).shutdownNow();
    }

    @Test
    void a_job_is_waited_for_that_may_shut_its_executor_down() {
        loop.runUntilComplete(() -> {
            for (ExecutorService executor : List.of(
                    Executors.newSingleThreadScheduledExecutor(),
                    Executors.newWorkStealingPool(),
                    Executors.newThreadPerTaskExecutor(Thread::new))) {
                executor.execute(() -> {
                    waitForEnd();
                    executor.shutdown();
                });
            }
        });
        List<Leak> leaks = found(owner, List.of(), millis -> {
            end.countDown();
            Thread.sleep(millis);
        });
        assertThat(leaks).isEmpty();
    }

    @Test
    void executors_without_a_thread_are_found() throws Exception {
        List<Leak> leaks = leftBy(() -> left = List.of(
                Executors.newSingleThreadExecutor(),
                Executors.newWorkStealingPool(2),
                Executors.newVirtualThreadPerTaskExecutor()));
        assertThat(leaks)
                .extracting(Leak::what)
                .containsExactly(
                        "unclosed ThreadPoolExecutor (idle, no thread)",
                        "unclosed ForkJoinPool (idle, no thread)",
                        "unclosed ThreadPerTaskExecutor (no thread)");
        ((List<?>) left).forEach(executor -> ((ExecutorService) executor).close());
        assertThat(left(List.of())).isEmpty();
    }

    @Test
    void an_executor_that_nobody_refers_to_and_that_has_no_thread_is_no_leak() {
        assertThat(leftBy(LeftBehindTests::makeAndForget)).isEmpty();
    }

    private static void makeAndForget() {
        for (int i = 0; i < 1_000; i++) {
            Executors.newSingleThreadExecutor(); // the JDK's cleaner shuts it down
        }
        Executors.newFixedThreadPool(1);
        new ForkJoinPool(1);
        Executors.newVirtualThreadPerTaskExecutor();
    }

    @Test
    void of_an_executor_that_was_shut_down_the_threads_are_found_that_do_not_end() {
        assertThat(leftBy(() -> {
                    ExecutorService pool = Executors.newFixedThreadPool(
                            1, Thread.ofPlatform().daemon().name("deaf").factory());
                    pool.execute(this::waitForEnd);
                    pool.shutdownNow();
                }))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.kind()).isEqualTo(LeakKind.PLATFORM_THREAD);
                    assertThat(leak.what())
                            .isEqualTo("platform thread \"deaf\" (waiting, daemon), of an executor that was shut down");
                    assertThat(leak.fix()).isEqualTo("wait for it, and let its task heed interruption");
                });
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isBetween(100L, 20 + 1_000L);
        assertThat(pauses).startsWith(1L, 2L).allMatch(pause -> pause <= 50); // fewer on a machine that is busy
    }

    @Test
    void what_ends_while_it_is_waited_for_is_no_leak() {
        loop.runUntilComplete(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            pool.execute(this::waitForEnd);
            pool.shutdownNow();
            Thread.ofPlatform().start(this::waitForEnd);
        });
        List<Leak> leaks = found(owner, List.of(), millis -> {
            end.countDown();
            Thread.sleep(millis);
        });
        assertThat(leaks).isEmpty();
    }

    @Test
    void a_thread_is_found_and_what_it_starts() {
        List<Leak> leaks = leftBy(() -> {
            CountDownLatch started = new CountDownLatch(1);
            Thread.ofPlatform().name("parent").daemon().start(() -> {
                Thread.ofPlatform().name("child").daemon(false).start(this::waitForEnd);
                started.countDown();
                waitForEnd();
            });
            started.await();
        });
        assertThat(leaks)
                .extracting(Leak::what)
                .containsExactly(
                        "platform thread \"parent\" (waiting, daemon)",
                        "platform thread \"child\" (waiting, no daemon: it may keep the JVM from ending)");
        assertThat(leaks)
                .allSatisfy(leak ->
                        assertThat(leak.waiting().getFirst().getMethodName()).isEqualTo("waitForEnd"));
    }

    @Test
    void an_executor_of_another_owner_keeps_its_threads_and_its_jobs_are_their_givers() throws Exception {
        Owner ofClass = Owner.named("class");
        AtomicReference<ExecutorService> shared = new AtomicReference<>();
        try (EventLoop other = EventLoop.create(LoopOptions.defaults().owner(ofClass))) {
            other.runUntilComplete(() -> shared.set(Executors.newFixedThreadPool(1)));
        }
        try (ExecutorService pool = shared.get()) {
            assertThat(leftBy(() -> left =
                            pool.submit(() -> Executors.newFixedThreadPool(1)).get()))
                    .hasSize(1);
            assertThat(found(ofClass, List.of(), Thread::sleep)).hasSize(1);
        } finally {
            ThreadOrigins.settle(ofClass);
        }
    }

    private static final class Lazy {
        static final ExecutorService POOL =
                Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory());
        static final Thread THREAD = Thread.ofPlatform().daemon().start(Lazy::makeAndStay);
        static ExecutorService made;

        private static void makeAndStay() {
            made = Executors.newFixedThreadPool(1);
            LockSupport.park();
        }
    }

    @Test
    void what_a_class_initialiser_makes_belongs_to_nobody_nor_what_comes_of_it() {
        assertThat(leftBy(() -> {
                    Lazy.POOL.submit(() -> {}).get();
                    eventually("the thread made one", () -> Lazy.made != null);
                }))
                .isEmpty();
        assertThat(Lazy.THREAD.isAlive()).isTrue();
    }

    @Test
    void a_timer_is_found_until_it_is_cancelled() {
        assertThat(leftBy(() -> {
                    Timer timer = new Timer("reminder");
                    left = timer;
                    AtomicReference<Thread> thread = new AtomicReference<>();
                    timer.schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    thread.set(Thread.currentThread());
                                }
                            },
                            0);
                    eventually("it waits", () -> isWaiting(thread.get()));
                }))
                .extracting(Leak::what, Leak::fix)
                .containsExactly(tuple(
                        "running Timer \"reminder\" (waiting, no daemon: it may keep the JVM from ending)",
                        "cancel it"));
        assertThat(pauses).isEmpty();
        ((Timer) left).cancel();
        assertThat(left(List.of())).isEmpty();
    }

    @Test
    void the_thread_of_a_cancelled_timer_is_found_if_it_does_not_end() {
        assertThat(leftBy(() -> {
                    Timer timer = new Timer("reminder", true);
                    CountDownLatch runs = new CountDownLatch(1);
                    timer.schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    runs.countDown();
                                    waitForEnd();
                                }
                            },
                            0);
                    runs.await();
                    timer.cancel();
                }))
                .extracting(Leak::what)
                .containsExactly("platform thread \"reminder\" (waiting, daemon)");
    }

    @EnabledForJreRange(max = JRE.JAVA_25, disabledReason = "later its selector is a virtual thread, and found as one")
    @Test
    void a_client_is_found_once_and_not_again() throws Exception {
        List<Leak> leaks = leftBy(() -> {
            HttpClient client = HttpClient.newHttpClient();
            left = client;
            client.sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .handle((response, failure) -> "done")
                    .get();
        });
        assertThat(leaks)
                .extracting(Leak::what, Leak::fix)
                .containsExactly(tuple("unclosed HttpClient", "close the HttpClient, e.g. with try-with-resources"));
        assertThat(left(leaks)).isEmpty();
        ((HttpClient) left).close();
        assertThat(left(List.of())).isEmpty();
    }

    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Test
    void a_child_process_is_found_once_and_left_running() throws Exception {
        List<Leak> leaks = leftBy(() -> left = new ProcessBuilder("sleep", "600").start());
        Process process = (Process) left;
        assertThat(leaks).singleElement().satisfies(leak -> {
            assertThat(leak.kind()).isEqualTo(LeakKind.CHILD_PROCESS);
            assertThat(leak.what()).matches("child process " + process.pid() + " \\((/\\S*/)?sleep 600\\)");
            assertThat(leak.created().getFirst().getMethodName()).contains("a_child_process_is_found");
            assertThat(leak.fix()).isEqualTo("destroy it and wait for its end; it was left running");
        });
        assertThat(process.isAlive()).isTrue();
        assertThat(left(leaks)).isEmpty();
        process.destroyForcibly().waitFor();
        assertThat(left(List.of())).isEmpty();
    }

    @Test
    void what_the_jdk_keeps_for_itself_belongs_to_nobody() {
        List<AutoCloseable> open = new ArrayList<>();
        assertThat(leftBy(() -> {
                    assertThat(IntStream.range(0, 10_000).parallel().sum()).isPositive();
                    CompletableFuture.runAsync(() -> {}).get();
                    CompletableFuture<String> late = new CompletableFuture<>();
                    late.orTimeout(1, TimeUnit.HOURS);
                    late.complete("");
                    WatchService watch = FileSystems.getDefault().newWatchService();
                    open.add(watch);
                    AsynchronousChannelGroup group =
                            AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
                    open.add(group::shutdownNow);
                    new ProcessBuilder("true").start().waitFor();
                }))
                .isEmpty();
        assertThat(open).hasSize(2).allSatisfy(AutoCloseable::close);
    }

    @Test
    void what_we_start_for_ourselves_belongs_to_nobody() {
        assertThat(leftBy(() -> {
                    loop.runInExecutor(() -> "job").await();
                    Asyncio.sleep(Duration.ofMillis(1));
                }))
                .isEmpty();
    }

    @Test
    void a_thread_without_an_owner_is_nobodys() {
        Thread.ofPlatform().daemon().start(this::waitForEnd);
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            pool.execute(() -> {});
            assertThat(left(List.of())).isEmpty();
        }
    }

    @Test
    void what_was_forgotten_is_not_found_again() {
        assertThat(leftBy(() -> left = Executors.newFixedThreadPool(1))).hasSize(1);
        ThreadOrigins.settle(owner);
        assertThat(left(List.of())).isEmpty();
    }
}
