package dev.asyncloop.samples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;

/** Libraries wrap executors and jobs, to hand on what belongs to the caller. The owner stays right. */
@Timeout(120)
class WrappedJobTests {

    private static final ContextSnapshotFactory SNAPSHOTS =
            ContextSnapshotFactory.builder().build();

    private static final Map<String, UnaryOperator<Executor>> WRAPPERS = Map.of(
            "Guava's listening decorator",
            pool -> MoreExecutors.listeningDecorator((ExecutorService) pool),
            "Guava's sequence",
            MoreExecutors::newSequentialExecutor,
            "Micrometer's executor",
            pool -> ContextExecutorService.wrap((ExecutorService) pool, SNAPSHOTS::captureAll),
            "OpenTelemetry's executor",
            pool -> Context.current().wrap(pool),
            "OpenTelemetry's wrapping of whatever is given",
            pool -> Context.taskWrapping((ExecutorService) pool),
            "Spring's decorated executor",
            WrappedJobTests::decorated,
            "Spring's executor",
            ConcurrentTaskExecutor::new);

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService pool = Executors.newFixedThreadPool(1);

    private static Executor decorated(Executor pool) {
        TaskExecutorAdapter adapter = new TaskExecutorAdapter(pool);
        adapter.setTaskDecorator(job -> () -> job.run());
        return adapter;
    }

    static Stream<String> wrappers() {
        return WRAPPERS.keySet().stream().sorted();
    }

    private Executor wrapped(String wrapper) {
        return WRAPPERS.get(wrapper).apply(pool);
    }

    @AfterEach
    void end_all() {
        end.countDown();
        pool.shutdownNow();
    }

    private void waitForTheEnd() {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaveThread() {
        Thread.ofPlatform().daemon().name("left").start(this::waitForTheEnd);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void a_job_that_goes_on_is_found(String wrapper) {
        Executor executor = wrapped(wrapper);
        assertThat(Leaks.find("a test", () -> {
                    CountDownLatch begun = new CountDownLatch(1);
                    executor.execute(() -> {
                        begun.countDown();
                        waitForTheEnd();
                    });
                    begun.await();
                }))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.kind()).isEqualTo(LeakKind.PENDING_JOB);
                    assertThat(leak.toString()).contains(WrappedJobTests.class.getName() + ".lambda$a_job_that_goes");
                });
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void what_it_starts_is_its_givers(String wrapper) {
        Executor executor = wrapped(wrapper);
        assertThat(Leaks.find("a test", () -> {
                    CountDownLatch over = new CountDownLatch(1);
                    executor.execute(() -> {
                        leaveThread();
                        over.countDown();
                    });
                    over.await();
                }))
                .singleElement()
                .extracting(Leak::what)
                .asString()
                .contains("\"left\"");
    }

    /** The wrapper is older, and its first job is somebody else's. */
    @ParameterizedTest
    @MethodSource("wrappers")
    void one_that_is_over_is_not_found(String wrapper) {
        Executor executor = wrapped(wrapper);
        for (int i = 0; i < 2; i++) {
            assertThat(Leaks.find("a clean test", () -> {
                        CountDownLatch over = new CountDownLatch(1);
                        executor.execute(over::countDown);
                        over.await();
                    }))
                    .isEmpty();
        }
    }

    /** That runs it at once. */
    @Test
    void in_the_direct_executor_it_is_its_callers() {
        assertThat(Leaks.find("a test", () -> MoreExecutors.directExecutor().execute(this::leaveThread)))
                .singleElement()
                .extracting(Leak::what)
                .asString()
                .contains("\"left\"");
    }
}
