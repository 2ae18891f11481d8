package dev.asyncloop.jdk;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

    @Test
    void one_is_lost_when_nobody_has_what_its_maker_had() throws Exception {
        AtomicReference<HttpClient> client = new AtomicReference<>(HttpClient.newHttpClient());
        Object works = works(client.get());
        assertThat(HttpClients.areLost(works)).isFalse();
        client.set(null);
        eventually("it is lost", () -> {
            System.gc();
            return HttpClients.areLost(works);
        });
    }

    private static Object works(HttpClient client) {
        return Stream.of(ObjectFields.declaredBy(client.getClass()))
                .filter(field -> field.getName().equals("impl"))
                .map(field -> ObjectFields.reference(client, ObjectFields.offsetOf(field)))
                .findFirst()
                .orElseThrow();
    }
}
