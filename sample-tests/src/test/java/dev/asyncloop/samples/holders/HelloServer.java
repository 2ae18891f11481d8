package dev.asyncloop.samples.holders;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code ok} to everything: one for all, for good, or one that somebody stops. */
final class HelloServer implements AutoCloseable {

    /** Somebody to connect to, for good. It is started before any of the tests that connect. */
    static final HelloServer FOR_ALL = new HelloServer();

    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final HttpServer server;

    HelloServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create("http://localhost:" + port() + "/");
    }

    Socket connect() throws IOException {
        return new Socket(server.getAddress().getAddress(), port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
