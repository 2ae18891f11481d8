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

/** The web socket is closed, and the client that it came from is not. */
@ExtendWith(AsyncLoopExtension.class)
class WebSocketLeak {

    private final HttpClient client = HttpClient.newHttpClient();
    private Echo echo;

    @BeforeEach
    void listen() {
        echo = new Echo();
    }

    @AfterEach
    void close() {
        echo.close();
    }

    @Test
    void sends_a_text() throws Exception {
        Inbox inbox = new Inbox();
        WebSocket socket = Asyncio.await(client.newWebSocketBuilder().buildAsync(echo.uri(), inbox));
        Asyncio.await(socket.sendText("apple", true));
        assertThat(inbox.take()).isEqualTo("apple");
        Asyncio.await(socket.sendClose(WebSocket.NORMAL_CLOSURE, "done"));
    }

    @Test
    void sends_a_text_and_closes() throws Exception {
        sends_a_text();
        client.close();
    }
}
