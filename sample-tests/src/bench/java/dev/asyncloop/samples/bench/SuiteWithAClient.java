package dev.asyncloop.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import kong.unirest.Unirest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** A server for each test, and one client for all: its pool has one connection more after each test. */
class SuiteWithAClient {

    static final int TESTS = 100;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes());
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @RepeatedTest(TESTS)
    void gets() {
        String uri = "http://localhost:" + server.getAddress().getPort() + "/";
        assertThat(Unirest.get(uri).asString().getBody()).isEqualTo("ok");
    }
}
