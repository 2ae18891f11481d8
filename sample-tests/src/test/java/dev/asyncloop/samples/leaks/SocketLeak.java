package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AsyncLoopExtension.class)
class SocketLeak {

    private TimeClient client;

    @Test
    void asks_for_the_time(EventLoop loop) throws Exception {
        try (TimeServer server = new TimeServer()) {
            loop.createTask(server::answerOne);
            client = new TimeClient(server.address());
            assertThat(client.time()).isEqualTo("noon");
        }
    }

    @Test
    void asks_for_the_time_and_closes(EventLoop loop) throws Exception {
        try (TimeServer server = new TimeServer()) {
            loop.createTask(server::answerOne);
            client = new TimeClient(server.address());
            assertThat(client.time()).isEqualTo("noon");
            client.close();
        }
    }
}
