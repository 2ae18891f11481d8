package dev.asyncloop.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Answers {@code GET /stock/<article>} with how many of it the warehouse has. */
public final class InventoryServer implements AutoCloseable {

    /** Knows what there is, and may take its time to say so. */
    @FunctionalInterface
    public interface Warehouse {

        /** How many there are; throws {@link NoSuchElementException} for an article it does not know. */
        int count(String article) throws Exception;
    }

    private static final String PATH = "/stock/";

    private final Warehouse warehouse;
    private final HttpServer server;
    private final ExecutorService handlers;

    /** Starts to listen on a free port; each request is answered on a thread of its own. */
    public InventoryServer(Warehouse warehouse, ThreadFactory threads) throws IOException {
        this.warehouse = warehouse;
        handlers = Executors.newThreadPerTaskExecutor(threads);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.createContext(PATH, this::answer);
        server.start();
    }

    /** Where to ask for an article. */
    public URI stock(String article) {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort() + PATH + article);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String article = exchange.getRequestURI().getPath().substring(PATH.length());
            try {
                send(exchange, 200, String.valueOf(warehouse.count(article)));
            } catch (NoSuchElementException unknown) {
                send(exchange, 404, "no article " + article);
            } catch (Exception failed) {
                send(exchange, 500, failed.toString());
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Returns when the last handler has ended. */
    @Override
    public void close() {
        server.stop(0);
        handlers.close();
    }
}
