package dev.asyncloop.samples.holders;

import static dev.asyncloop.samples.holders.HelloServer.FOR_ALL;
import static dev.asyncloop.samples.holders.HttpClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import kong.unirest.Unirest;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.http.client.fluent.Executor;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/** A client opens its connections when a test first needs them. Whose they are depends on who holds the client. */
class HttpClientTests {

    static class StaticOkHttp {
        static final OkHttpClient CLIENT = new OkHttpClient();

        @Test
        void gets() throws Exception {
            get(CLIENT, FOR_ALL.uri());
        }

        @Test
        void gets_later() {
            CompletableFuture<Void> got = new CompletableFuture<>();
            CLIENT.newCall(new Request.Builder().url(FOR_ALL.uri().toString()).build())
                    .enqueue(new Callback() {
                        @Override
                        public void onFailure(Call call, IOException failed) {
                            got.completeExceptionally(failed);
                        }

                        @Override
                        public void onResponse(Call call, Response response) {
                            response.close();
                            got.complete(null);
                        }
                    });
            got.join();
        }
    }

    static class StaticOkHttpAndManyServers {
        static final OkHttpClient CLIENT = new OkHttpClient();

        HelloServer server;

        @BeforeEach
        void start() {
            server = new HelloServer();
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @RepeatedTest(3)
        void gets() throws Exception {
            get(CLIENT, server.uri());
        }
    }

    static class StaticApache4 {
        static final CloseableHttpClient CLIENT = HttpClients.createDefault();

        @Test
        void gets() throws Exception {
            get(CLIENT, FOR_ALL.uri());
        }
    }

    static class StaticApache4AndManyServers {
        static final CloseableHttpClient CLIENT = HttpClients.createDefault();

        HelloServer server;

        @BeforeEach
        void start() {
            server = new HelloServer();
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @RepeatedTest(3)
        void gets() throws Exception {
            get(CLIENT, server.uri());
        }
    }

    static class StaticJdkClient {
        static final HttpClient CLIENT = HttpClient.newHttpClient();

        @Test
        void gets() throws Exception {
            get(CLIENT, FOR_ALL.uri());
        }
    }

    /** As most singletons are made. */
    static class LazyJdkClient {
        static class Shared {
            private static HttpClient client;

            static synchronized HttpClient client() {
                if (client == null) {
                    client = HttpClient.newHttpClient();
                }
                return client;
            }
        }

        @Test
        void gets() throws Exception {
            get(Shared.client(), FOR_ALL.uri());
        }
    }

    static class StaticOfALibrary {
        @Test
        void gets_by_Unirest() {
            assertThat(Unirest.get(FOR_ALL.uri().toString()).asString().getBody())
                    .isEqualTo("ok");
        }

        @Test
        void gets_by_Apaches_fluent_client() throws Exception {
            assertThat(Executor.newInstance()
                            .execute(org.apache.http.client.fluent.Request.Get(FOR_ALL.uri()))
                            .returnContent()
                            .asString())
                    .isEqualTo("ok");
        }
    }

    static class Apache5OfTheClass {
        static org.apache.hc.client5.http.impl.classic.CloseableHttpClient client;

        @BeforeAll
        static void open() {
            client = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault();
        }

        @AfterAll
        static void close() throws Exception {
            client.close();
        }

        @RepeatedTest(2)
        void gets() throws Exception {
            get(client, FOR_ALL.uri());
        }
    }

    static class JdkClientOfTheClass {
        static HttpClient client;

        @BeforeAll
        static void open() {
            client = HttpClient.newHttpClient();
        }

        @AfterAll
        static void close() {
            client.close();
        }

        @RepeatedTest(2)
        void gets() throws Exception {
            get(client, FOR_ALL.uri());
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                StaticOkHttp.class,
                StaticOkHttpAndManyServers.class,
                StaticApache4.class,
                StaticApache4AndManyServers.class,
                StaticJdkClient.class,
                LazyJdkClient.class,
                StaticOfALibrary.class,
                Apache5OfTheClass.class,
                JdkClientOfTheClass.class
            })
    void nobody_is_blamed_for_what_is_kept_for_the_run_or_closed_by_the_class(Class<?> specimen) {
        assertThat(Blame.of(specimen)).isEmpty();
    }

    static class Apache5ThatTheClassForgets {
        static org.apache.hc.client5.http.impl.classic.CloseableHttpClient client;

        @BeforeAll
        static void open() {
            client = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault();
        }

        @RepeatedTest(2)
        void gets() throws Exception {
            get(client, FOR_ALL.uri());
        }
    }

    static class JdkClientThatTheClassForgets {
        static HttpClient client;

        @BeforeAll
        static void open() {
            client = HttpClient.newHttpClient();
        }

        @RepeatedTest(2)
        void gets() throws Exception {
            get(client, FOR_ALL.uri());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Apache5ThatTheClassForgets.class, JdkClientThatTheClassForgets.class})
    void the_class_is_blamed_for_what_it_does_not_close(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys(Blame.THE_CLASS);
    }

    static class LocalOkHttp {
        @Test
        void gets() throws Exception {
            get(new OkHttpClient(), FOR_ALL.uri());
        }
    }

    static class LocalApache4 {
        @Test
        void gets() throws Exception {
            get(HttpClients.createDefault(), FOR_ALL.uri());
        }
    }

    static class LocalApache5 {
        @Test
        void gets() throws Exception {
            get(org.apache.hc.client5.http.impl.classic.HttpClients.createDefault(), FOR_ALL.uri());
        }
    }

    static class LocalJdkClient {
        HttpClient client;

        @Test
        void gets() throws Exception {
            client = HttpClient.newHttpClient();
            get(client, FOR_ALL.uri());
        }
    }

    static class LocalRestTemplate {
        @Test
        void gets() {
            RestTemplate template = new RestTemplate(new HttpComponentsClientHttpRequestFactory());
            assertThat(template.getForObject(FOR_ALL.uri(), String.class)).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LocalOkHttp.class,
                LocalApache4.class,
                LocalApache5.class,
                LocalJdkClient.class,
                LocalRestTemplate.class
            })
    void the_test_is_blamed_for_a_client_of_its_own(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys("gets");
    }

    /** It makes a client for each request and keeps none: there is nothing that anybody could close. */
    static class RestAssured {
        @Test
        void gets() {
            assertThat(io.restassured.RestAssured.get(FOR_ALL.uri()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobody_is_blamed_for_a_client_that_nobody_can_close() {
        assertThat(Blame.of(RestAssured.class)).isEmpty();
    }
}
