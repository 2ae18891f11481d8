package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static dev.asyncloop.jupiter.LoopScope.Scope.METHOD;
import static dev.asyncloop.jupiter.LoopScope.Scope.PACKAGE;
import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.StuckLoopException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that classes share, and tests that differ from their class. */
@Timeout(60)
class WideScopeTests {

    private static final List<EventLoop> LOOPS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        LOOPS.clear();
    }

    private static void note(EventLoop loop) {
        assertThat(EventLoop.running()).isSameAs(loop);
        assertThat(loop.isClosed()).isFalse();
        LOOPS.add(loop);
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Notes {

        @BeforeAll
        static void beforeAll(EventLoop loop) {
            note(loop);
        }

        @Test
        void first(EventLoop loop) {
            note(loop);
        }

        @Test
        void second(EventLoop loop) {
            note(loop);
        }

        @AfterAll
        static void afterAll(EventLoop loop) {
            note(loop);
        }
    }

    @LoopScope(SESSION)
    static class SessionOne extends Notes {}

    @LoopScope(SESSION)
    static class SessionTwo extends Notes {

        @Nested
        class Inner {

            @Test
            void inner(EventLoop loop) {
                note(loop);
            }
        }
    }

    @LoopScope(PACKAGE)
    static class PackageOne extends Notes {}

    @LoopScope(PACKAGE)
    static class PackageTwo extends Notes {}

    static class OfItsOwn extends Notes {

        @Test
        @LoopScope(SESSION)
        void shared(EventLoop loop) {
            note(loop);
        }
    }

    private static List<EventLoop> different() {
        return LOOPS.stream().distinct().toList();
    }

    @Test
    void K01_session_scope_is_one_loop_for_all_classes_that_say_so() {
        assertThat(Run.of(SessionOne.class, OfItsOwn.class, SessionTwo.class).failures())
                .isEmpty();
        assertThat(LOOPS).hasSize(14);
        assertThat(different()).hasSize(4).allMatch(EventLoop::isClosed);
    }

    @Test
    void K01_package_scope_is_one_loop_for_all_classes_of_the_package() {
        assertThat(Run.of(PackageOne.class, SessionOne.class, PackageTwo.class).failures())
                .isEmpty();
        assertThat(LOOPS).hasSize(12);
        assertThat(different()).hasSize(2).allMatch(EventLoop::isClosed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "package"})
    void K06_the_configuration_parameter_says_so_for_all(String scope) {
        assertThat(Run.with(Map.of("asyncloop.scope.default", scope), OfItsOwn.class, Notes.class)
                        .failures())
                .isEmpty();
        assertThat(different()).hasSize(scope.equals("session") ? 1 : 2).allMatch(EventLoop::isClosed);
    }

    @LoopScope(CLASS)
    interface OnOneLoop {}

    static class ByInterface implements OnOneLoop {

        @Test
        void first(EventLoop loop) {
            note(loop);
        }

        @Test
        void second(EventLoop loop) {
            note(loop);
        }
    }

    @Test
    void a_class_has_the_scope_of_its_interface() {
        assertThat(Run.of(ByInterface.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(2);
        assertThat(different()).hasSize(1);
    }

    @LoopScope(SESSION)
    static class LeavesSomeBehind {

        @BeforeAll
        static void beforeAll(EventLoop loop) {
            loop.createTask("of the class", () -> Asyncio.sleep(Duration.ofHours(1)));
        }

        @Test
        void test(EventLoop loop) {
            loop.createTask("of the test", () -> Asyncio.sleep(Duration.ofHours(1)));
        }
    }

    @Test
    void what_a_test_or_a_class_leaves_on_the_loop_is_its_own() {
        Run run = Run.of(LeavesSomeBehind.class, SessionOne.class);
        assertThat(run.failures()).hasSize(2);
        assertThat(run.failure("test(EventLoop)"))
                .isInstanceOf(LeakError.class)
                .hasMessageStartingWith("WideScopeTests.LeavesSomeBehind.test() left 1 thing behind")
                .hasMessageContaining("\"of the test\"");
        assertThat(run.failure("WideScopeTests$LeavesSomeBehind")).hasMessageContaining("\"of the class\"");
    }

    /** A server that answers on the loop of whoever starts it. */
    abstract static class Served {

        static SynchronousQueue<CompletableFuture<String>> requests = new SynchronousQueue<>();
        static Thread server;

        @BeforeAll
        static void serve() {
            server = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        requests.take().complete(Thread.currentThread().getName());
                    }
                } catch (InterruptedException ended) {
                    return;
                }
            });
        }

        @AfterAll
        static void stop() throws InterruptedException {
            server.interrupt();
            server.join();
        }

        static void ask() throws Exception {
            CompletableFuture<String> answer = new CompletableFuture<>();
            requests.put(answer);
            answer.get();
        }

        @Test
        void shared() throws Exception {
            ask();
        }

        @Test
        @LoopScope(METHOD)
        void alone() throws Exception {
            ask();
        }

        @Nested
        @LoopScope(METHOD)
        class Inner {

            @Test
            void inner() throws Exception {
                ask();
            }
        }
    }

    @LoopScope(CLASS)
    static class ServedOnTheLoopOfTheClass extends Served {}

    @LoopScope(PACKAGE)
    static class ServedOnTheLoopOfThePackage extends Served {}

    @Test
    void K04_what_is_on_a_shared_loop_goes_on_beside_a_test_that_has_its_own() {
        assertThat(Run.of(ServedOnTheLoopOfTheClass.class, ServedOnTheLoopOfThePackage.class)
                        .failures())
                .isEmpty();
    }

    @LoopScope(SESSION)
    static class OnTheLoopOfTheRun {

        @Test
        @LoopScope(CLASS)
        void of_its_class() {}
    }

    @Test
    void a_method_cannot_share_the_loop_of_a_class_that_has_none() {
        assertThat(Run.of(OnTheLoopOfTheRun.class).failure("of_its_class()"))
                .hasMessage(
                        "@LoopScope(CLASS) on WideScopeTests.OnTheLoopOfTheRun.of_its_class() contradicts that of its"
                            + " class, which has no loop of its own: it is that of the test run; let the method have"
                            + " @LoopScope(METHOD), or none");
    }

    @LoopScope(PACKAGE)
    @VirtualTime
    static class AheadOfTime {

        @Test
        void test() {}
    }

    @Test
    void a_loop_that_classes_share_has_the_clock_of_the_system() {
        assertThat(Run.of(AheadOfTime.class).failure("WideScopeTests$AheadOfTime"))
                .hasMessage(
                        "@VirtualTime on WideScopeTests.AheadOfTime contradicts its scope: the loop is that of package"
                                + " dev.asyncloop.jupiter, which has the system's clock; give this its own loop with"
                                + " @LoopScope(METHOD)");
    }

    @LoopScope(CLASS)
    @Retention(RetentionPolicy.RUNTIME)
    @interface OneLoop {}

    @LoopScope(METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface ManyLoops {}

    @OneLoop
    @ManyLoops
    static class OfTwoMinds {

        @Test
        void test() {}
    }

    @OneLoop
    @ManyLoops
    @LoopScope(CLASS)
    static class Decided extends Notes {}

    @ExtendWith(AsyncLoopExtension.class)
    static class OfTwoMindsOnAMethod {

        @Test
        @OneLoop
        @ManyLoops
        void test() {}
    }

    @Test
    void annotations_that_contradict_each_other_are_named() {
        assertThat(Run.of(OfTwoMinds.class).failure("WideScopeTests$OfTwoMinds"))
                .hasMessage(
                        "WideScopeTests.OfTwoMinds cannot have two scopes: @ManyLoops says METHOD, @OneLoop says CLASS;"
                                + " keep one of them, or put @LoopScope itself beside them");
        assertThat(Run.of(OfTwoMindsOnAMethod.class).failure("WideScopeTests$OfTwoMindsOnAMethod"))
                .hasMessageStartingWith("WideScopeTests.OfTwoMindsOnAMethod.test() cannot have two scopes:");
        assertThat(Run.of(Decided.class).failures()).isEmpty();
        assertThat(different()).hasSize(1);
    }

    /** Tests and set-ups that would run at the same time; counts how many do. */
    @ExtendWith(AsyncLoopExtension.class)
    abstract static class Concurrent {

        static final AtomicInteger RUNNING = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();
        static volatile CountDownLatch both = new CountDownLatch(2);

        static void body(EventLoop loop) throws InterruptedException {
            note(loop);
            MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
            both.countDown();
            both.await(100, TimeUnit.MILLISECONDS); // over at once where two do run at the same time
            RUNNING.decrementAndGet();
        }

        @BeforeAll
        static void beforeAll(EventLoop loop) throws InterruptedException {
            body(loop);
        }

        @Test
        void first(EventLoop loop) throws InterruptedException {
            body(loop);
        }

        @Test
        void second(EventLoop loop) throws InterruptedException {
            body(loop);
        }

        @AfterAll
        static void afterAll(EventLoop loop) throws InterruptedException {
            body(loop);
        }
    }

    static class ConcurrentOne extends Concurrent {}

    static class ConcurrentTwo extends Concurrent {}

    @LoopScope(SESSION)
    static class ConcurrentSessionOne extends Concurrent {}

    @LoopScope(SESSION)
    static class ConcurrentSessionTwo extends Concurrent {}

    private static int mostAtOnce(Map<String, String> more, Class<?>... fixtures) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"));
        parameters.putAll(more);
        Concurrent.MOST.set(0);
        Concurrent.both = new CountDownLatch(2);
        assertThat(Run.with(parameters, fixtures).failures()).isEmpty();
        return Concurrent.MOST.get();
    }

    @Test
    void neither_tests_nor_set_ups_of_a_shared_loop_run_at_the_same_time() {
        assertThat(mostAtOnce(Map.of(), ConcurrentOne.class, ConcurrentTwo.class))
                .isGreaterThan(1);
        assertThat(mostAtOnce(Map.of(), ConcurrentSessionOne.class, ConcurrentSessionTwo.class))
                .isEqualTo(1);
        assertThat(mostAtOnce(Map.of("asyncloop.scope.default", "session"), ConcurrentOne.class, ConcurrentTwo.class))
                .isEqualTo(1);
    }

    @LoopScope(SESSION)
    static class Impatient {

        @Test
        void endless() throws InterruptedException {
            new CountDownLatch(1).await(2, TimeUnit.SECONDS);
        }
    }

    @LoopScope(SESSION)
    @Timeout(30)
    static class Patient extends Impatient {}

    @Test
    void each_class_on_a_shared_loop_has_its_own_limit() {
        Run run = Run.with(Map.of("asyncloop.timeout", "500 ms"), Patient.class, Impatient.class);
        assertThat(run.failures().values())
                .singleElement()
                .isInstanceOf(StuckLoopException.class)
                .asString()
                .contains("500 ms");
    }
}
