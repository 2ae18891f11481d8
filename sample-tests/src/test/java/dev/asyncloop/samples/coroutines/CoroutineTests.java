package dev.asyncloop.samples.coroutines;

import static dev.asyncloop.samples.coroutines.Launches.launch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.ThrowingRunnable;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kotlin.Unit;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineScopeKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A coroutine of kotlinx is a job of whoever launched it. */
@Timeout(120)
class CoroutineTests {

    private final CountDownLatch end = new CountDownLatch(1);
    private final CoroutineScope scope = CoroutineScopeKt.CoroutineScope(Dispatchers.getDefault());

    @AfterEach
    void end_all() {
        end.countDown();
        CoroutineScopeKt.cancel(scope, "the test is over", null);
    }

    private Job launchInScope(CoroutineDispatcher dispatcher, Launches.Body body) {
        return launch(scope, dispatcher, CoroutineStart.DEFAULT, body);
    }

    /** A body that blocks its thread until the test is over. */
    private Launches.Body blocking(Runnable begun) {
        return then -> {
            begun.run();
            end.await();
            return Unit.INSTANCE;
        };
    }

    private static Leak only(ThrowingRunnable body) {
        List<Leak> leaks = Leaks.find("a test", body);
        assertThat(leaks).hasSize(1);
        return leaks.getFirst();
    }

    private static void awaitCompletion(Job job) throws InterruptedException {
        while (!job.isCompleted()) {
            Thread.sleep(1);
        }
    }

    @Test
    void one_that_runs_is_found() {
        Leak leak = only(() -> runUntilTheEnd(Dispatchers.getDefault()));
        assertThat(leak.kind()).isEqualTo(LeakKind.PENDING_JOB);
        assertThat(leak.what()).startsWith("pending coroutine (running in thread \"DefaultDispatcher-worker-");
        assertThat(leak.toString())
                .containsPattern("given +dev\\.asyncloop\\.samples\\.coroutines\\.Launches\\.launch\\(")
                .containsPattern("waiting +dev\\.asyncloop\\.samples\\.coroutines\\.CoroutineTests\\.")
                .contains("Leaks.background");
    }

    @Test
    void one_that_runs_among_blocking_ones_is_found() {
        assertThat(only(() -> runUntilTheEnd(Dispatchers.getIO())).what()).startsWith("pending coroutine (running in");
    }

    @Test
    void one_that_runs_in_an_executor_of_the_jdk_is_found() {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Leak leak = only(() -> runUntilTheEnd(ExecutorsKt.from(pool)));
            assertThat(leak.what()).startsWith("pending coroutine in a ThreadPoolExecutor (running in thread \"pool-");
            end.countDown();
        }
    }

    private void runUntilTheEnd(CoroutineDispatcher dispatcher) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        launch(dispatcher, blocking(begun::countDown));
        begun.await();
    }

    @Test
    void one_that_is_queued_is_found() {
        CoroutineDispatcher one = Dispatchers.getDefault().limitedParallelism(1, null);
        List<Leak> leaks = Leaks.find("a test", () -> {
            runUntilTheEnd(one);
            launch(one, then -> Unit.INSTANCE);
        });
        assertThat(leaks)
                .extracting(Leak::what)
                .contains("pending coroutine (queued)")
                .hasSize(2);
    }

    @Test
    void one_that_is_delayed_is_found() {
        Leak leak = only(() -> launchInScope(Dispatchers.getDefault(), Launches::anHour));
        assertThat(leak.what()).isEqualTo("pending coroutine (due in 60 min)");
        assertThat(leak.toString()).containsPattern("given +dev\\.asyncloop\\.samples\\.coroutines\\.");
    }

    @Test
    void the_line_that_it_is_delayed_at_is_told() {
        Launches.Body poll = Steps.of(then -> Launches.anHour(then));
        assertThat(only(() -> launchInScope(Dispatchers.getDefault(), poll)).toString())
                .contains("waiting  orders.Poller.poll(Poller.kt:7)");
    }

    /** Between two delays it runs, is delayed or waits in a dispatcher, as a different object each time. */
    @Test
    void one_that_looks_again_and_again_is_found() {
        assertThat(only(() -> launchInScope(
                                Dispatchers.getDefault(), Steps.endless(() -> then -> DelayKt.delay(1L, then))))
                        .kind())
                .isEqualTo(LeakKind.PENDING_JOB);
    }

    @Test
    void one_that_runs_on_whichever_thread_resumes_it_is_found_when_it_is_delayed() {
        assertThat(only(() -> launchInScope(Dispatchers.getUnconfined(), Launches::anHour))
                        .what())
                .isEqualTo("pending coroutine (due in 60 min)");
    }

    @Test
    void one_of_a_coroutine_is_found() {
        Leak leak = only(() -> launchInScope(Dispatchers.getDefault(), then -> {
            launchInScope(Dispatchers.getIO(), Launches::anHour);
            return Unit.INSTANCE;
        }));
        assertThat(leak.what()).isEqualTo("pending coroutine (due in 60 min)");
    }

    /** In a class loader of its own, as plugins and application servers have it. */
    @Test
    void kotlinx_of_another_class_loader_is_seen() throws Exception {
        List<URL> libraries = new ArrayList<>();
        for (Class<?> each : List.of(Launches.class, Unit.class, Job.class)) {
            libraries.add(each.getProtectionDomain().getCodeSource().getLocation());
        }
        try (URLClassLoader plugin =
                new URLClassLoader(libraries.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Runnable launches = (Runnable)
                    plugin.loadClass(Launches.class.getName()).getConstructor().newInstance();
            assertThat(only(launches::run).what()).isEqualTo("pending coroutine (due in 60 min)");
        }
    }

    @Test
    void what_it_starts_is_its_givers() {
        Leaks.find("the first use of a thread", () -> runToItsEnd(then -> Unit.INSTANCE));
        Leak leak = only(() -> runToItsEnd(then -> {
            Thread.ofPlatform().daemon().name("left").start(() -> await(end));
            return Unit.INSTANCE;
        }));
        assertThat(leak.what()).contains("thread \"left\"");
    }

    @Test
    void what_it_throws_is_its_givers() {
        Leak leak = only(() -> runToItsEnd(then -> {
            throw new IllegalStateException("apples");
        }));
        assertThat(leak.kind()).isEqualTo(LeakKind.UNCAUGHT_EXCEPTION);
        assertThat(leak.what()).contains("apples");
    }

    private void runToItsEnd(Launches.Body body) throws InterruptedException {
        Job job = launch(Dispatchers.getDefault(), body);
        awaitCompletion(job);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A coroutine that waits for something goes on because somebody else did something. */
    @Test
    void whoever_resumes_it_is_not_its_owner() throws Exception {
        CompletableDeferred<Unit> event = CompletableDeferredKt.CompletableDeferred(null);
        CountDownLatch launched = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        CompletableFuture<List<Leak>> first = new CompletableFuture<>();
        Thread other = Thread.ofPlatform()
                .start(() -> first.complete(Leaks.find("the first", () -> {
                    launch(Dispatchers.getDefault(), Steps.of(event::await, blocking(goesOn::countDown)::run));
                    launched.countDown();
                    over.await();
                })));
        launched.await();
        assertThat(Leaks.find("the other", () -> {
                    event.complete(Unit.INSTANCE);
                    goesOn.await();
                }))
                .isEmpty();
        over.countDown();
        assertThat(first.get())
                .singleElement()
                .satisfies(leak -> assertThat(leak.what()).startsWith("pending coroutine (running"));
        end.countDown();
        other.join();
    }

    private static List<Leak> leaksOf(ThrowingRunnable body) {
        return Leaks.find("a clean test", body);
    }

    @Test
    void one_that_is_over_is_not_found() {
        assertThat(leaksOf(() -> runToItsEnd(then -> DelayKt.delay(1L, then)))).isEmpty();
    }

    @Test
    void one_that_is_about_to_end_is_not_found() {
        assertThat(leaksOf(() -> launch(Dispatchers.getDefault(), then -> DelayKt.delay(30L, then))))
                .isEmpty();
    }

    @Test
    void those_of_run_blocking_are_not_found() {
        assertThat(leaksOf(() -> BuildersKt.runBlocking(Dispatchers.getDefault(), (own, then) -> {
                    for (CoroutineDispatcher each :
                            List.of(Dispatchers.getDefault(), Dispatchers.getIO(), Dispatchers.getUnconfined())) {
                        launch(own, each, CoroutineStart.DEFAULT, after -> DelayKt.delay(2L, after));
                    }
                    return DelayKt.delay(1L, then);
                })))
                .isEmpty();
    }

    @Test
    void one_of_a_cancelled_scope_is_not_found() {
        for (CoroutineDispatcher each :
                List.of(Dispatchers.getDefault(), Dispatchers.getIO(), Dispatchers.getUnconfined())) {
            assertThat(leaksOf(() -> {
                        CoroutineScope own = CoroutineScopeKt.CoroutineScope(each);
                        launch(own, each, CoroutineStart.DEFAULT, Launches::anHour);
                        CoroutineScopeKt.cancel(own, "not needed any more", null);
                    }))
                    .isEmpty();
        }
    }

    @Test
    void one_that_was_never_started_is_not_found() {
        assertThat(leaksOf(() -> launch(scope, Dispatchers.getDefault(), CoroutineStart.LAZY, Launches::anHour)))
                .isEmpty();
    }

    /** It may be garbage. */
    @Test
    void one_that_waits_for_another_is_not_found() {
        CompletableDeferred<Unit> event = CompletableDeferredKt.CompletableDeferred(null);
        assertThat(leaksOf(() -> {
                    CountDownLatch begun = new CountDownLatch(1);
                    launchInScope(Dispatchers.getDefault(), then -> {
                        begun.countDown();
                        return event.await(then);
                    });
                    begun.await();
                }))
                .isEmpty();
    }

    @Test
    void one_that_is_declared_as_background_is_not_found() {
        assertThat(leaksOf(() -> Leaks.background(() -> launchInScope(Dispatchers.getDefault(), Launches::anHour))))
                .isEmpty();
    }
}
