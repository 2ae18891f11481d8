package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** By what a client's thread is known. */
class HttpClientsTests {

    @Test
    void a_selector_is_known_by_its_name_where_it_is_virtual() {
        assertThat(HttpClients.isSelector(
                        Thread.ofVirtual().name("HttpClient-7-SelectorManager").unstarted(() -> {})))
                .isTrue();
        assertThat(HttpClients.isSelector(
                        Thread.ofPlatform().name("HttpClient-7-SelectorManager").unstarted(() -> {})))
                .isFalse();
        assertThat(HttpClients.isNameOfSelector("HttpClient-7-Worker-1")).isFalse();
    }

    @Test
    @EnabledForJreRange(maxVersion = 25)
    void a_selector_is_known_by_its_class_where_it_is_a_platform_thread() {
        HttpClient client = HttpClient.newHttpClient();
        assertThat(Thread.getAllStackTraces().keySet()).anyMatch(HttpClients::isSelector);
        assertThat(HttpClients.isSelector(Thread.currentThread())).isFalse();
        client.close();
    }
}
