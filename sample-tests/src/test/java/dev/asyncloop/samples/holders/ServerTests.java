package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server, which Tomcat also enters in static lists of its own. */
class ServerTests {

    @TempDir
    private static Path folder;

    private static Tomcat start() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addContext("", null);
        tomcat.start();
        return tomcat;
    }

    static class LocalServer {
        @Test
        void leaves_it() throws Exception {
            assertThat(start().getConnector().getLocalPort()).isPositive();
        }
    }

    @Test
    void the_test_is_blamed_for_a_server_of_its_own() {
        assertThat(Blame.of(LocalServer.class)).containsOnlyKeys("leaves_it");
    }

    static class OfTheClass {
        static Tomcat server;

        @BeforeAll
        static void open() throws Exception {
            server = start();
        }

        @AfterAll
        static void close() throws Exception {
            server.stop();
            server.destroy();
        }

        @Test
        void asks_it() throws Exception {
            try (var socket =
                    new java.net.Socket("127.0.0.1", server.getConnector().getLocalPort())) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
                assertThat(socket.getInputStream().readAllBytes()).asString().startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    void nobody_is_blamed_for_a_server_that_the_class_stops() {
        assertThat(Blame.of(OfTheClass.class)).isEmpty();
    }
}
