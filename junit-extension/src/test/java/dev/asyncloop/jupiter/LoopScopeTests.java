package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static dev.asyncloop.jupiter.LoopScope.Scope.METHOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
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

/** Which tests share a loop. */
class LoopScopeTests {

    private static final List<EventLoop> LOOPS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        LOOPS.clear();
    }

    private static void note(EventLoop loop) {
        assertThat(EventLoop.running()).isSameAs(loop);
        LOOPS.add(loop);
    }

    @LoopScope(CLASS)
    static class Shared {
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

    @Test
    void K01_class_scope_is_one_loop_from_before_all_to_after_all() {
        assertThat(Run.of(Shared.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(4).containsOnly(LOOPS.get(0));
        assertThat(LOOPS.get(0).isClosed()).isTrue();
    }

    static class Sub extends Shared {}

    @Test
    void K02_the_annotation_is_inherited_and_each_subclass_has_its_own_loop() {
        Run.of(Shared.class);
        assertThat(Run.of(Sub.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(8);
        assertThat(LOOPS.subList(4, 8)).containsOnly(LOOPS.get(4)).doesNotContain(LOOPS.get(0));
    }

    @LoopScope(CLASS)
    static class WithNested {
        @Test
        void outer(EventLoop loop) {
            note(loop);
        }

        @Nested
        class Inner {
            @Test
            void inner(EventLoop loop) {
                note(loop);
            }
        }
    }

    @Test
    void a_nested_class_shares_the_loop_of_the_class_around_it() {
        assertThat(Run.of(WithNested.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(2).containsOnly(LOOPS.get(0));
    }

    @LoopScope(CLASS)
    static class WithOwnNested {
        @Test
        void outer(EventLoop loop) {
            note(loop);
        }

        @Nested
        @LoopScope(CLASS)
        class Inner {
            @Test
            void inner(EventLoop loop) {
                note(loop);
            }
        }
    }

    @Test
    void a_nested_class_with_the_annotation_has_its_own_loop() {
        assertThat(Run.of(WithOwnNested.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(2).doesNotHaveDuplicates();
    }

    @LoopScope(CLASS)
    static class WithException {
        @Test
        void shared(EventLoop loop) {
            note(loop);
        }

        @Test
        @LoopScope(METHOD)
        void alone(EventLoop loop) {
            note(loop);
        }

        @Test
        void shared_too(EventLoop loop) {
            note(loop);
        }
    }

    @Test
    void K03_a_method_may_differ_from_its_class() {
        assertThat(Run.of(WithException.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(3);
        assertThat(LOOPS.stream().distinct()).hasSize(2);
    }

    @LoopScope(CLASS)
    @Retention(RetentionPolicy.RUNTIME)
    @interface SharesItsLoop {}

    @SharesItsLoop
    static class Composed {
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
    void it_works_as_a_meta_annotation() {
        assertThat(Run.of(Composed.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(2).containsOnly(LOOPS.get(0));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Unannotated {
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
    void every_test_has_its_own_loop_by_default() {
        assertThat(Run.of(Unannotated.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void K06_the_configuration_parameter_names_another_default() {
        assertThat(Run.with(Map.of(Constants.SCOPE_DEFAULT_PARAMETER, "class"), Unannotated.class)
                        .failures())
                .isEmpty();
        assertThat(LOOPS).hasSize(2).containsOnly(LOOPS.get(0));
    }

    @Test
    void K06_an_unknown_value_of_the_parameter_is_named_with_those_allowed() {
        Run run = Run.with(Map.of(Constants.SCOPE_DEFAULT_PARAMETER, "module"), Unannotated.class);
        assertThat(run.failure("LoopScopeTests$Unannotated"))
                .hasMessage(
                        "The configuration parameter asyncloop.scope.default is 'module'; it may be one of 'method',"
                                + " 'class', 'package', 'session'");
        assertThat(LOOPS).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ServedFromSetUp {
        static final SynchronousQueue<String> REQUESTS = new SynchronousQueue<>();
        static final SynchronousQueue<String> ANSWERS = new SynchronousQueue<>();
        static Thread server;

        @BeforeAll
        static void serve() {
            server = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        ANSWERS.put("answer to " + REQUESTS.take());
                    }
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Test
        @Timeout(30)
        void asks(EventLoop loop) throws InterruptedException {
            note(loop);
            REQUESTS.put("one");
            assertThat(ANSWERS.take()).isEqualTo("answer to one");
        }

        @Test
        @Timeout(30)
        void asks_again(EventLoop loop) throws InterruptedException {
            note(loop);
            REQUESTS.put("two");
            assertThat(ANSWERS.take()).isEqualTo("answer to two");
        }

        @AfterAll
        static void stop() throws InterruptedException {
            server.interrupt();
            server.join();
        }
    }

    @Test
    void K04_what_is_started_before_all_tests_goes_on_beside_tests_with_loops_of_their_own() {
        assertThat(Run.of(ServedFromSetUp.class).failures()).isEmpty();
        assertThat(LOOPS).hasSize(2).doesNotHaveDuplicates();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OnSetUp {
        @BeforeEach
        @LoopScope(CLASS)
        void setUp() {}

        @Test
        void test() {}
    }

    @Test
    void on_a_method_that_is_no_test_it_is_rejected() {
        assertThat(Run.of(OnSetUp.class).failure("LoopScopeTests$OnSetUp"))
                .hasMessage("@LoopScope on LoopScopeTests.OnSetUp.setUp() does nothing: it belongs on a test class or a"
                        + " test method");
    }

    /** Tests that would run at the same time; counts how many do. */
    static class Concurrent {
        static final AtomicInteger RUNNING = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();
        static volatile CountDownLatch both = new CountDownLatch(2);

        void body(EventLoop loop) throws InterruptedException {
            note(loop);
            MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
            both.countDown();
            both.await(200, TimeUnit.MILLISECONDS); // over at once where two do run at the same time
            RUNNING.decrementAndGet();
        }

        @Test
        void first(EventLoop loop) throws InterruptedException {
            body(loop);
        }

        @Test
        void second(EventLoop loop) throws InterruptedException {
            body(loop);
        }
    }

    @LoopScope(CLASS)
    static class ConcurrentShared extends Concurrent {}

    @ExtendWith(AsyncLoopExtension.class)
    static class ConcurrentByDefault extends Concurrent {}

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");

    private static int mostAtOnce(Map<String, String> parameters, Class<?> fixture) {
        Concurrent.MOST.set(0);
        Concurrent.both = new CountDownLatch(2);
        assertThat(Run.with(parameters, fixture).failures()).isEmpty();
        return Concurrent.MOST.get();
    }

    @Test
    void tests_that_share_a_loop_do_not_run_at_the_same_time() {
        assertThat(mostAtOnce(PARALLEL, ConcurrentShared.class)).isEqualTo(1);
        assertThat(LOOPS).containsOnly(LOOPS.get(0));
    }

    @Test
    void nor_where_only_the_configuration_parameter_says_that_they_share_it() {
        Map<String, String> shared = new java.util.HashMap<>(PARALLEL);
        shared.put(Constants.SCOPE_DEFAULT_PARAMETER, "class");
        assertThat(mostAtOnce(shared, ConcurrentByDefault.class)).isEqualTo(1);
        assertThat(LOOPS).containsOnly(LOOPS.get(0));
    }

    @Test
    void tests_with_loops_of_their_own_run_at_the_same_time() {
        assertThat(mostAtOnce(PARALLEL, ConcurrentByDefault.class)).isEqualTo(2);
        assertThat(LOOPS).doesNotHaveDuplicates();
    }
}
