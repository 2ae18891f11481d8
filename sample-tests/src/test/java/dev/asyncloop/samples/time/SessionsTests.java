package dev.asyncloop.samples.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.VirtualTime;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Half hours that take no time, let pass by hand to the nanosecond. */
// tag::advance[]
@VirtualTime
class SessionsTests {

    private final Sessions sessions;

    SessionsTests(EventLoop loop) {
        sessions = new Sessions(loop.asExecutor());
    }

    @Test
    void a_session_ends_half_an_hour_after_its_user_was_last_seen(VirtualClock clock) {
        sessions.seen("ada");
        clock.advance(Duration.ofMinutes(29));
        sessions.seen("ada");

        clock.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(sessions.isOpen("ada")).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(sessions.isOpen("ada")).isFalse();
    }
}
// end::advance[]
