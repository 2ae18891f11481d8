package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopClock;
import dev.asyncloop.loop.VirtualClock;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests on virtual time. */
@Timeout(60)
class VirtualTimeTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> TIMES = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        TIMES.clear();
    }

    private static void sleep(String phase) {
        Asyncio.sleep(HOUR);
        TIMES.add(phase + " " + EventLoop.running().time().toHours());
    }

    @VirtualTime
    static class EveryPhase {
        EveryPhase() {
            sleep("constructor");
        }

        @BeforeAll
        static void beforeAll() {
            sleep("before all");
        }

        @BeforeEach
        void beforeEach() {
            sleep("before each");
        }

        @Test
        void test() {
            sleep("test");
        }

        @AfterEach
        void afterEach() {
            sleep("after each");
        }

        @AfterAll
        static void afterAll() {
            sleep("after all");
        }
    }

    private static final String[] EVERY_PHASE = {
        "before all 1", "constructor 1", "before each 2", "test 3", "after each 4", "after all 2"
    };

    @Test
    void one_annotation_covers_set_up_test_and_tear_down() {
        assertThat(Run.of(EveryPhase.class).failures()).isEmpty();
        assertThat(TIMES).containsExactly(EVERY_PHASE);
    }

    static class Inherits extends EveryPhase {}

    @Test
    void it_is_inherited() {
        assertThat(Run.of(Inherits.class).failures()).isEmpty();
        assertThat(TIMES).containsExactly(EVERY_PHASE);
    }

    @VirtualTime
    @Retention(RetentionPolicy.RUNTIME)
    @interface Fast {}

    @Fast
    static class Meta {
        @Test
        void test() {
            sleep("test");
        }

        @Nested
        class Inner {
            @Test
            void nested() {
                sleep("nested");
            }
        }
    }

    @Test
    void it_can_be_a_meta_annotation_and_holds_for_nested_classes() {
        assertThat(Run.of(Meta.class).failures()).isEmpty();
        assertThat(TIMES).containsExactly("test 1", "nested 1");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OneTest {
        OneTest(EventLoop loop) {
            TIMES.add(loop.clock() instanceof VirtualClock ? "virtual" : "system");
        }

        @BeforeAll
        static void beforeAll(EventLoop loop) {
            assertThat(loop.clock()).isSameAs(LoopClock.system());
        }

        @Test
        @VirtualTime
        void virtual() {
            sleep("test");
        }

        @Test
        void real() {}
    }

    @Test
    void on_a_method_it_holds_for_that_test() {
        assertThat(Run.of(OneTest.class).failures()).isEmpty();
        assertThat(TIMES).containsExactlyInAnyOrder("virtual", "test 1", "system");
    }

    static class BringsTheExtension {
        @Test
        @VirtualTime
        void test() {
            sleep("test");
        }
    }

    @Test
    void it_brings_the_extension() {
        assertThat(Run.of(BringsTheExtension.class).failures()).isEmpty();
        assertThat(TIMES).containsExactly("test 1");
    }

    @VirtualTime
    @LoopScope(CLASS)
    static class Shared {
        @Test
        @VirtualTime // which the class says already
        void first() {
            sleep("test");
        }

        @Test
        void second() {
            sleep("test");
        }
    }

    @Test
    void tests_on_one_loop_have_one_clock() {
        assertThat(Run.of(Shared.class).failures()).isEmpty();
        assertThat(TIMES).containsExactly("test 1", "test 2");
    }

    @VirtualTime
    static class WantsTheClock {
        private final VirtualClock ofConstructor;

        WantsTheClock(VirtualClock clock) {
            ofConstructor = clock;
        }

        @Test
        void test(VirtualClock clock, EventLoop loop) {
            assertThat(clock).isSameAs(ofConstructor).isSameAs(loop.clock());
            loop.callLater(HOUR, () -> TIMES.add("timer"));
            clock.advance(HOUR.minusNanos(1));
            assertThat(TIMES).isEmpty();
            clock.advance(Duration.ofNanos(1));
        }
    }

    @Test
    void the_clock_can_be_a_parameter() {
        assertThat(Run.of(WantsTheClock.class).failures()).isEmpty();
        assertThat(TIMES).containsExactly("timer");
    }

    static class WantsTheClockInVain {
        @ExtendWith(AsyncLoopExtension.class)
        static class InATest {
            @Test
            void test(VirtualClock clock) {}
        }

        @ExtendWith(AsyncLoopExtension.class)
        static class InAConstructor {
            InAConstructor(VirtualClock clock) {}

            @Test
            void test() {}
        }
    }

    @Test
    void a_clock_without_the_annotation_is_refused() {
        assertThat(Run.of(WantsTheClockInVain.InATest.class).failure("test(VirtualClock)"))
                .hasMessage("VirtualTimeTests.WantsTheClockInVain.InATest.test() asks for a VirtualClock, but its loop"
                        + " has the system's clock; annotate VirtualTimeTests.WantsTheClockInVain.InATest.test() with"
                        + " @VirtualTime");
        assertThat(Run.of(WantsTheClockInVain.InAConstructor.class).failure("test()"))
                .hasMessage("the constructor of VirtualTimeTests.WantsTheClockInVain.InAConstructor asks for a"
                        + " VirtualClock, but its loop has the system's clock; annotate"
                        + " VirtualTimeTests.WantsTheClockInVain.InAConstructor.test() with @VirtualTime");
    }

    @LoopScope(CLASS)
    static class Contradicts {
        @Test
        @VirtualTime
        void test() {
            TIMES.add("ran");
        }

        @Nested
        @VirtualTime
        class Inner {
            @Test
            void nested() {
                TIMES.add("ran");
            }
        }
    }

    @Test
    void a_clock_of_ones_own_on_a_loop_that_is_shared_is_a_contradiction() {
        Run run = Run.of(Contradicts.class);
        assertThat(run.failure("test()"))
                .hasMessage(
                        "@VirtualTime on VirtualTimeTests.Contradicts.test() contradicts its scope: the loop is that"
                            + " of VirtualTimeTests.Contradicts, which has the system's clock; annotate that class, or"
                            + " give this its own loop with @LoopScope(METHOD)");
        assertThat(run.failure("Inner"))
                .hasMessageStartingWith("@VirtualTime on VirtualTimeTests.Contradicts.Inner contradicts its scope");
        assertThat(TIMES).isEmpty();
    }

    @Test
    void it_is_one_where_the_scope_is_configured_too() {
        assertThat(Run.with(Map.of(Constants.SCOPE_DEFAULT_PARAMETER, "class"), BringsTheExtension.class)
                        .failure("test()"))
                .hasMessageStartingWith(
                        "@VirtualTime on VirtualTimeTests.BringsTheExtension.test() contradicts its scope");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class OnSetUp {
        @BeforeEach
        @VirtualTime
        void setUp() {}

        @Test
        void test() {}
    }

    @Test
    void on_a_method_that_is_no_test_it_is_refused() {
        assertThat(Run.of(OnSetUp.class).failure("VirtualTimeTests$OnSetUp"))
                .hasMessage("@VirtualTime on VirtualTimeTests.OnSetUp.setUp() does nothing: it belongs on a test class"
                        + " or a test method");
    }

    @VirtualTime
    static class Leaves {
        @Test
        void sleeper(EventLoop loop) {
            loop.createTask("sleeper", () -> sleep("never"));
            Asyncio.sleep(Duration.ofMinutes(1));
        }

        @Test
        void slow_clean_up(EventLoop loop) {
            loop.createBackgroundTask("background", () -> {
                try {
                    loop.createFuture().await();
                } finally {
                    Asyncio.sleep(HOUR); // longer than the grace period, but on the loop's clock
                    TIMES.add("cleaned up");
                }
            });
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void what_a_test_leaves_behind_is_seen_as_it_left_it_and_can_clean_up() {
        Run run = Run.of(Leaves.class);
        assertThat(run.failure("sleeper(EventLoop)"))
                .isInstanceOf(LeakError.class)
                .hasMessageContaining("pending task \"sleeper\" (suspended in sleep, 59 min left)");
        assertThat(run.failures()).hasSize(1);
        assertThat(TIMES).containsExactly("cleaned up");
    }

    @VirtualTime
    static class IgnoresItsCancellation {
        @Test
        void test(EventLoop loop) {
            loop.createTask("stubborn", () -> {
                while (true) {
                    try {
                        loop.createFuture().await();
                    } catch (CancelledException ignored) {
                        TIMES.add("ignored");
                    }
                }
            });
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void what_ignores_its_cancellation_is_given_up_after_a_real_second() {
        long start = System.nanoTime();
        assertThat(Run.of(IgnoresItsCancellation.class).failure("test(EventLoop)"))
                .isInstanceOf(LeakError.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
        assertThat(TIMES).isNotEmpty();
    }

    @VirtualTime
    @LoopScope(CLASS)
    static class LeaksADescriptor {
        @BeforeAll
        static void beforeAll(EventLoop loop) {
            loop.createTask("periodic", () -> {
                while (true) {
                    sleep("periodic");
                }
            });
        }

        @Test
        void leaks() throws IOException {
            LEFT.add(new ServerSocket(0));
        }

        @AfterAll
        static void afterAll(EventLoop loop) throws IOException {
            TIMES.add("end " + loop.time());
            Asyncio.allTasks().stream()
                    .filter(task -> task.name().equals("periodic"))
                    .forEach(task -> task.cancel(true));
            Asyncio.sleep(Duration.ZERO);
        }
    }

    /** It is looked for again and again for half a second, in which a periodic task would have come round often. */
    @Test
    void time_stands_still_while_descriptors_are_looked_for() {
        assertThat(Files.isDirectory(Path.of("/proc/self/fd"))).isTrue();
        assertThat(Run.of(LeaksADescriptor.class).failure("leaks()")).isInstanceOf(LeakError.class);
        assertThat(TIMES).containsExactly("end PT0S");
    }
}
