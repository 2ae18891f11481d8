package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A run that lets JUnit find the extension by itself. */
class AutoDetectionTests {

    private static final Map<String, String> DETECTED =
            Map.of("junit.jupiter.extensions.autodetection.enabled", "true");

    static class NamesNoExtension {
        @Test
        void leaves_a_timer() {
            EventLoop.running().callLater(Duration.ofMinutes(5), () -> {});
        }
    }

    @Test
    void a_class_that_does_not_name_the_extension_is_run_and_checked() {
        assertThat(Run.with(DETECTED, NamesNoExtension.class).failure("leaves_a_timer()"))
                .isInstanceOf(LeakError.class)
                .hasMessageContaining("1. pending timer");
    }

    @Test
    void where_it_is_excluded_it_is_not_there() {
        Map<String, String> excluded = new HashMap<>(DETECTED);
        excluded.put("junit.jupiter.extensions.autodetection.exclude", "dev.asyncloop.*");
        assertThat(Run.with(excluded, NamesNoExtension.class).failure("leaves_a_timer()"))
                .hasMessage("no running event loop");
    }

    static class Limits implements BeforeEachCallback {

        static final List<Optional<Duration>> SEEN = new ArrayList<>();

        @Override
        public void beforeEach(ExtensionContext context) {
            SEEN.add(LoopLimit.configured(context));
        }
    }

    @ExtendWith(Limits.class)
    static class Unlimited {
        @Test
        void runs() {}
    }

    @ExtendWith({AsyncLoopExtension.class, Limits.class})
    static class Limited {
        @Test
        void runs() {}
    }

    @Test
    void only_who_asks_for_the_extension_has_a_limit_by_default() {
        Run.with(DETECTED, Unlimited.class);
        Run.with(DETECTED, Limited.class);
        Run.of(Limited.class);
        Map<String, String> configured = new HashMap<>(DETECTED);
        configured.put(Constants.TIMEOUT_PARAMETER, "5 s");
        Run.with(configured, Unlimited.class);
        assertThat(Limits.SEEN)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(60)),
                        Optional.of(Duration.ofSeconds(60)),
                        Optional.of(Duration.ofSeconds(5)));
    }

    static class ReturnsAValue {
        @Test
        int returns() {
            return 1;
        }

        @Test
        void runs() {}
    }

    @Test
    void a_test_that_returns_a_value_is_junits_to_complain_of() {
        Run run = Run.with(DETECTED, ReturnsAValue.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).contains("runs()");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class NamesTheExtension {
        @Test
        void has_a_loop(EventLoop loop) { // two of them would both resolve it, which JUnit refuses
            assertThat(EventLoop.running()).isSameAs(loop);
        }
    }

    @Test
    void a_class_that_names_it_too_has_it_once() {
        assertThat(Run.with(DETECTED, NamesTheExtension.class).failures()).isEmpty();
    }
}
