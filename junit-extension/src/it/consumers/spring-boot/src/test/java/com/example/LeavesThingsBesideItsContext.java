package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/** What a test makes beside its context is its own. */
@ShopContext
class LeavesThingsBesideItsContext {

    @LocalServerPort
    int port;

    Socket kept;
    RestTemplate template; // or the collector, which is busy when an application starts, may close its connection first

    @Test
    void dropped_socket() throws IOException {
        assertTrue(new Socket("127.0.0.1", port).isConnected());
    }

    @Test
    void socket_in_a_field() throws IOException {
        kept = new Socket("127.0.0.1", port);
    }

    @Test
    void client_of_its_own() {
        template = new RestTemplate(new HttpComponentsClientHttpRequestFactory());
        assertEquals("0", template.getForObject(uri("/apples"), String.class));
    }

    @Test
    void second_context() {
        new SpringApplicationBuilder(Shop.class)
                .run("--server.port=0", "--server.address=127.0.0.1", "--spring.datasource.url=jdbc:h2:mem:second");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
