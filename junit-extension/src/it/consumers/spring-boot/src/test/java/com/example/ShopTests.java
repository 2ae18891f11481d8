package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** What the context has is there for all tests: no test is blamed for it. */
@ShopContext
class ShopTests {

    @LocalServerPort
    int port;

    @Autowired
    RestTemplate template;

    @Autowired
    RestClient client;

    @Autowired
    WebClient web;

    @Test
    void by_the_template_of_the_context() {
        assertEquals("0", template.getForObject(uri("/apples"), String.class));
    }

    @Test
    void by_the_client_of_the_context() {
        assertEquals("0", client.get().uri(uri("/apples")).retrieve().body(String.class));
    }

    @Test
    void by_the_web_client_of_the_context() {
        assertEquals(
                "0",
                web.get()
                        .uri(uri("/apples"))
                        .retrieve()
                        .bodyToMono(String.class)
                        .block());
    }

    @Test
    void a_failure_by_the_template_of_the_context() {
        assertThrows(HttpServerErrorException.class, () -> template.getForObject(uri("/failure"), String.class));
    }

    @Test
    void a_failure_by_the_client_of_the_context() {
        assertThrows(
                HttpServerErrorException.class,
                () -> client.get().uri(uri("/failure")).retrieve().body(String.class));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
