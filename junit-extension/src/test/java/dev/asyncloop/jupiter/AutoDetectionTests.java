package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
