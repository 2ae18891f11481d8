package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What libraries open. */
final class LibraryWing extends Wing {

    /** Answers everything, for good. */
    static final String SERVER = server();

    LibraryWing() {
        show("JDBC connection", FILE_DESCRIPTOR, () -> DriverManager.getConnection(database()));
        show("HikariCP", FILE_DESCRIPTOR, () -> pool());
        show(
                "Netty group",
                FILE_DESCRIPTOR,
                () -> ending(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())));
        show("Vert.x", FILE_DESCRIPTOR, () -> ending(Vertx.vertx()));
        show("Lettuce", FILE_DESCRIPTOR, () -> refused(resources()));
        show("OkHttp", FILE_DESCRIPTOR, () -> asked(new OkHttpClient()));
        show("Apache HttpClient", FILE_DESCRIPTOR, () -> asked(HttpClients.createDefault()));
        show("Kafka producer", FILE_DESCRIPTOR, () -> producer());
    }

    private static String server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes());
                exchange.close();
            });
            server.start();
            return "http://localhost:" + server.getAddress().getPort() + "/";
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String database() {
        return "jdbc:h2:" + folder().resolve(UUID.randomUUID().toString());
    }

    private static HikariDataSource pool() throws SQLException {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database());
        pool.setMaximumPoolSize(1);
        pool.getConnection().close(); // leaks
        return pool;
    }

    private static AutoCloseable ending(EventLoopGroup group) {
        return () -> group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }

    private static AutoCloseable ending(Vertx vertx) {
        return () -> vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /** Names are resolved by the JVM: the resolver that Lettuce would use now and then leaves its socket open. */
    private static ClientResources resources() {
        ClientResources.Builder resources = ClientResources.builder();
        resources.addressResolverGroup(DefaultAddressResolverGroup.INSTANCE);
        return resources.build(); // leaks
    }

    private static AutoCloseable refused(ClientResources resources) {
        RedisClient client = RedisClient.create(resources, "redis://localhost:1");
        try {
            client.connect(); // leaks
            throw new AssertionError("somebody is listening");
        } catch (RedisConnectionException expected) {
            return () -> {
                client.close();
                resources.shutdown(0, 1, TimeUnit.MINUTES).get();
            };
        }
    }

    private static AutoCloseable asked(OkHttpClient client) throws IOException {
        client.newCall(new Request.Builder().url(SERVER).build()).execute().close(); // leaks
        return () -> {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        };
    }

    private static CloseableHttpClient asked(CloseableHttpClient client) throws IOException {
        client.execute(new HttpGet(SERVER), response -> EntityUtils.toString(response.getEntity())); // leaks
        return client;
    }

    private static AutoCloseable producer() {
        StringSerializer text = new StringSerializer();
        var producer = new KafkaProducer<>(Map.of("bootstrap.servers", "localhost:1"), text, text); // leaks
        return () -> producer.close(Duration.ZERO);
    }
}
