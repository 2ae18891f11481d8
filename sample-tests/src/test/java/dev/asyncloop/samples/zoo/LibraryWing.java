package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    private static final String SERVER = server();

    LibraryWing() {
        show("JDBC connection", FILE_DESCRIPTOR, () -> DriverManager.getConnection(database()));
        show("HikariCP", FILE_DESCRIPTOR, () -> pool());
        show(
                "Netty group",
                FILE_DESCRIPTOR,
                () -> ending(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())));
        show("Vert.x", FILE_DESCRIPTOR, () -> ending(Vertx.vertx()));
        show("Lettuce", FILE_DESCRIPTOR, () -> refused(RedisClient.create("redis://localhost:1")));
        show("OkHttp", FILE_DESCRIPTOR, () -> asked(new OkHttpClient()));
        show("Apache HttpClient", FILE_DESCRIPTOR, () -> asked(HttpClients.createDefault()));
        show("Kafka producer", FILE_DESCRIPTOR, () -> producer());
        show("gRPC channel", FILE_DESCRIPTOR, () -> asked(channel()));
        show("gRPC server", FILE_DESCRIPTOR, () -> ending(service()));
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

    private static RedisClient refused(RedisClient client) {
        try {
            client.connect(); // leaks
            throw new AssertionError("somebody is listening");
        } catch (RedisConnectionException expected) {
            return client;
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

    private static ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("localhost", Grpc.SERVER.getPort())
                .usePlaintext()
                .build();
    }

    private static AutoCloseable asked(ManagedChannel channel) {
        ClientCalls.blockingUnaryCall(channel, Grpc.ECHO, CallOptions.DEFAULT, "hello"); // leaks
        return () -> {
            channel.shutdown();
            channel.awaitTermination(1, TimeUnit.MINUTES);
        };
    }

    private static Server service() throws IOException {
        return NettyServerBuilder.forPort(0)
                .addService(Grpc.service())
                .build()
                .start(); // leaks
    }

    private static AutoCloseable ending(Server server) {
        return () -> {
            server.shutdown();
            server.awaitTermination();
        };
    }

    private static final class Grpc {

        static final MethodDescriptor<String, String> ECHO = MethodDescriptor.<String, String>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("zoo/echo")
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();

        /** For good. */
        static final Server SERVER = start();

        static ServerServiceDefinition service() {
            return ServerServiceDefinition.builder("zoo")
                    .addMethod(ECHO, ServerCalls.asyncUnaryCall((said, answer) -> {
                        answer.onNext(said);
                        answer.onCompleted();
                    }))
                    .build();
        }

        private static Server start() {
            try {
                return LibraryWing.service();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes());
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private static AutoCloseable producer() {
        StringSerializer text = new StringSerializer();
        var producer = new KafkaProducer<>(Map.of("bootstrap.servers", "localhost:1"), text, text); // leaks
        return () -> producer.close(Duration.ZERO);
    }
}
