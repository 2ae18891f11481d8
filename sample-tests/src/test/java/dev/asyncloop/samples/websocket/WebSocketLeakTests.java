package dev.asyncloop.samples.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.samples.leaks.LeakRun;
import org.junit.jupiter.api.Test;

class WebSocketLeakTests {

    @Test
    void a_client_that_is_never_closed() {
        LeakRun run = LeakRun.of(WebSocketLeak.class);

        assertThat(run.failed()).isEqualTo("sends_a_text()");
        assertThat(run.passedAfter()).containsExactly("sends_a_text_and_closes()");
        assertThat(run.leaks()).hasMessageContainingAll("WebSocketLeak.<init>(WebSocketLeak.java:", "HttpClient");
    }
}
