package dev.asyncloop.jupiter;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of the JDK that the garbage collector has ended when the account is closed. */
@Timeout(60)
class CollectedClientTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen(); // installs the hooks

    /** Makes a client on a thread of its own, and lets the garbage collector take it. */
    private static void loseClient(Supplier<HttpClient> maker) throws InterruptedException {
        AtomicReference<WeakReference<HttpClient>> lost = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().start(() -> lost.set(new WeakReference<>(maker.get())));
        thread.join();
        eventually("it is collected", () -> {
            System.gc();
            return lost.get().refersTo(null);
        });
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Lost {
        @Test
        void ships() throws InterruptedException {
            loseClient(() -> HttpClient.newHttpClient()); // client
        }
    }

    @Test
    void one_that_nobody_closed_is_told() throws IOException {
        assertThat(Warnings.of(Lost.class))
                .containsExactly("""
                    CollectedClientTests.Lost.ships() left 1 thing behind
                      1. HttpClient that nobody closed, ended only by the garbage collector
                           opened   %s
                           fix      close the HttpClient, e.g. with try-with-resources\
                    """.formatted(Line.of(CollectedClientTests.class, "$Lost.lambda$ships$0", "client")));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Clean {
        private static HttpClient shared;

        @Test
        void closes_it() throws InterruptedException {
            loseClient(() -> {
                HttpClient client = HttpClient.newHttpClient();
                client.close();
                return client;
            });
        }

        @Test
        void shuts_it_down() throws InterruptedException {
            loseClient(() -> {
                HttpClient client = HttpClient.newHttpClient();
                client.shutdownNow();
                return client;
            });
        }

        @Test
        void keeps_it_for_the_class() throws InterruptedException {
            Thread thread = Thread.ofPlatform().start(() -> shared = HttpClient.newHttpClient());
            thread.join();
            System.gc();
        }

        @AfterAll
        static void close() {
            shared.close();
            shared = null;
        }
    }

    @Test
    void one_that_was_closed_or_is_the_classs_is_not_told() {
        assertThat(Warnings.of(Clean.class)).isEmpty();
    }
}
