package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.warned.InWarnedPackage;
import dev.asyncloop.jupiter.warned.WarnsOfTasks;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.LeftOpen;
import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a leak: by annotation, package and configuration parameter, and where it is allowed. */
class LeakPolicyTests {

    @RegisterExtension
    static final LeftOpen LEFT = LeakTests.LEFT;

    private static final String PARAMETER = Constants.LEAKS_PARAMETER;

    private final LogCapture log = LogCapture.start();

    @AfterEach
    void stop() {
        log.close();
    }

    private static void leave(EventLoop loop) {
        loop.createTask("left", () -> Asyncio.sleep(Duration.ofHours(1)));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Undeclared {
        static EventLoop left;

        @Test
        void leaves_a_task(EventLoop loop) {
            leave(loop);
        }

        @Test
        void leaves_a_loop() {
            left = EventLoop.create();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "off, default", "Strict", "off,pending-task=fail , unclosed-loop = FAIL"})
    void they_fail_the_test_by_default_and_where_it_is_said(String value) {
        Run run = Run.with(Map.of(PARAMETER, value), Undeclared.class);
        assertThat(run.failures())
                .hasSize(2)
                .allSatisfy((name, thrown) -> assertThat(thrown).isInstanceOf(LeakError.class));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void nobody_hears_of_them_where_they_are_off() {
        Run run = Run.with(Map.of(PARAMETER, "off"), Undeclared.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.entries()).isEmpty();
        assertThat(log.messages()).isEmpty();
        assertThat(Undeclared.left.isClosed()).as("closed nevertheless").isTrue();
    }

    @Test
    void a_warning_is_logged_and_published_with_the_text_of_the_error() {
        Run run = Run.with(Map.of(PARAMETER, "pending-task=warn"), Undeclared.class);
        assertThat(run.failures()).containsOnlyKeys("leaves_a_loop()");
        assertThat(run.entries()).singleElement().asString().startsWith("""
            LeakPolicyTests.Undeclared.leaves_a_task() left 1 thing behind
              1. pending task "left" (suspended in sleep, 60 min left)
                   created  dev.asyncloop.jupiter.LeakPolicyTests.leave(LeakPolicyTests.java:\
            """);
        assertThat(log.messages()).isEqualTo(run.entries());
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Composed {
        @Test
        @WarnsOfTasks
        void has_it() {
            leave(EventLoop.running());
        }

        @Test
        @WarnsOfTasks.Also
        void has_it_at_second_hand() {
            leave(EventLoop.running());
        }
    }

    @Test
    void a_method_may_have_it_by_an_annotation_of_its_own() {
        assertThat(Run.of(Composed.class).failures()).isEmpty();
        assertThat(log.messages()).hasSize(2);
    }

    @Test
    void what_it_does_not_know_fails_each_class() {
        for (String value : List.of(
                "pending-tsk=warn", "pending-task=warn, unclosed-loop=ignore", "strict, of", "strict,", "a=b=c")) {
            Run run = Run.with(Map.of(PARAMETER, value), Undeclared.class, InWarnedPackage.class);
            assertThat(run.failures()).containsOnlyKeys("LeakPolicyTests$Undeclared", "InWarnedPackage");
            assertThat(run.failures().values())
                    .allSatisfy(failure -> assertThat(failure)
                            .hasMessage("The configuration parameter asyncloop.leaks is '" + value
                                    + "'; it may be 'default', 'strict' or 'off', and then entries such as"
                                    + " 'pending-task=warn', with the kinds "
                                    + Stream.of(LeakKind.values())
                                            .map(LeakKind::toString)
                                            .collect(Collectors.joining(", "))
                                    + " and the modes fail, warn, off"));
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    @CheckLeaks(value = LeakMode.FAIL, kinds = LeakKind.UNCLOSED_LOOP)
    @CheckLeaks(LeakMode.OFF)
    static class Declared {
        @Test
        void leaves_a_task(EventLoop loop) {
            leave(loop);
        }

        @Test
        void leaves_a_loop() {
            EventLoop.create();
        }

        @Test
        @CheckLeaks(value = LeakMode.FAIL, kinds = LeakKind.PENDING_TASK)
        void leaves_another_task(EventLoop loop) {
            leave(loop);
        }

        @Nested
        class Within {
            @Test
            void leaves_a_task_too(EventLoop loop) {
                leave(loop);
            }
        }

        @Nested
        @CheckLeaks(LeakMode.WARN)
        class Elsewhere {
            @Test
            void leaves_a_task_as_well(EventLoop loop) {
                leave(loop);
            }
        }
    }

    static class Inherits extends Declared {}

    @Test
    void the_nearest_annotation_counts_and_that_which_names_the_kind() {
        for (Class<?> type : List.of(Declared.class, Inherits.class)) {
            Run run = Run.with(Map.of(PARAMETER, "strict"), type);
            assertThat(run.failures()).containsOnlyKeys("leaves_a_loop()", "leaves_another_task(EventLoop)");
            assertThat(run.entries()).singleElement().asString().contains("leaves_a_task_as_well() left 1 thing");
        }
    }

    @Test
    void that_of_the_package_counts_for_its_classes() {
        Run run = Run.with(Map.of(PARAMETER, "strict"), InWarnedPackage.class);
        assertThat(run.failures()).containsOnlyKeys("leaves_a_loop()");
        assertThat(run.entries()).singleElement().asString().contains("pending task \"left\"");
    }

    @CheckLeaks(value = LeakMode.OFF, kinds = LeakKind.FILE_DESCRIPTOR)
    static class DescriptorsOff extends LeakTests.OpenFile {}

    @Test
    void a_kind_that_is_off_on_a_class_is_so_for_its_tests() {
        assertThat(Run.of(DescriptorsOff.class).failures()).isEmpty();
    }

    @ExtendWith(AsyncLoopExtension.class)
    @AllowLeak(
            kind = LeakKind.UNCLOSED_LOOP,
            match = "LeakPolicyTests$Allowed.leaves_a_loop",
            reason = "closed by a pool")
    static class Allowed {
        @Test
        @AllowLeak(kind = LeakKind.PENDING_TASK, match = "task \"left\"", reason = "known")
        void leaves_a_task(EventLoop loop) {
            leave(loop);
        }

        @Test
        @AllowLeak(kind = LeakKind.PENDING_TASK, match = "task \"other\"", reason = "known")
        @AllowLeak(kind = LeakKind.UNCLOSED_LOOP, match = "left", reason = "known")
        void leaves_another(EventLoop loop) {
            leave(loop);
        }

        @Test
        void leaves_a_loop() {
            EventLoop.create();
        }

        @ParameterizedTest
        @ValueSource(strings = {"left", "none"})
        @AllowLeak(kind = LeakKind.PENDING_TASK, match = "LeakPolicyTests.leave", reason = "known")
        void leaves_one_sometimes(String what, EventLoop loop) {
            if (what.equals("left")) {
                leave(loop);
            }
        }

        @Nested
        class Within {
            @Test
            void leaves_a_loop() {
                Allowed.this.leaves_a_loop();
            }
        }
    }

    @Test
    void what_is_allowed_passes_and_allowances_without_a_leak_are_named_after_the_class() {
        Run run = Run.of(Allowed.class);
        assertThat(run.failures()).containsOnlyKeys("leaves_another(EventLoop)");
        assertThat(run.entries()).containsExactly("""
            LeakPolicyTests.Allowed has allowances that allowed nothing in this run:
              @AllowLeak for pending-task "task "other""
              @AllowLeak for unclosed-loop "left"\
            """);
        assertThat(log.messages()).isEqualTo(run.entries());
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WithoutReason {
        @Test
        @AllowLeak(kind = LeakKind.PENDING_TASK, match = "left", reason = " ")
        @AllowLeak(kind = LeakKind.PENDING_TASK, match = "", reason = "known")
        void leaves_a_task(EventLoop loop) {
            leave(loop);
        }
    }

    @Test
    void an_allowance_without_a_reason_allows_nothing_and_a_line_says_so() {
        assertThat(Run.of(WithoutReason.class).failures()).hasSize(1);
        assertThat(log.messages())
                .containsExactly(
                        "@AllowLeak on LeakPolicyTests.WithoutReason.leaves_a_task() allows nothing: it has no reason",
                        "@AllowLeak on LeakPolicyTests.WithoutReason.leaves_a_task() allows nothing: it has no match");
    }
}
