package dev.asyncloop.samples.websocket;

import dev.asyncloop.loop.Asyncio;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;

/** A server that sends back every text. */
final class Echo implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /** Listens when it returns; the caller is on an event loop. */
    Echo() {
        server = Asyncio.await(vertx.createHttpServer()
                .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                .listen(0, "127.0.0.1")
                .toCompletionStage());
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        Asyncio.await(vertx.close().toCompletionStage());
    }
}
