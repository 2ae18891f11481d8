package dev.asyncloop.samples.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JDK's web socket: what it sends is awaited, and what it receives comes through a queue that blocks. */
@ExtendWith(AsyncLoopExtension.class)
class WebSocketTests {

    private Echo echo;

    @BeforeEach
    void listen() {
        echo = new Echo();
    }

    @AfterEach
    void close() {
        echo.close();
    }

    // tag::websocket[]
    @Test
    void a_text_comes_back() throws Exception {
        Inbox inbox = new Inbox();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = Asyncio.await(client.newWebSocketBuilder().buildAsync(echo.uri(), inbox));

            Asyncio.await(socket.sendText("apple", true));
            assertThat(inbox.take()).isEqualTo("apple");

            Asyncio.await(socket.sendClose(WebSocket.NORMAL_CLOSURE, "done"));
        }
    }
    // end::websocket[]
}
