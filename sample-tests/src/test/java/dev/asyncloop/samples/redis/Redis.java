package dev.asyncloop.samples.redis;

import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;

import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.LoopContainers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** One server for all classes that have it as a field, and clients of it. */
final class Redis {

    static final LoopFixture<GenericContainer<?>> SERVER = LoopContainers.<GenericContainer<?>>of(
                    GenericContainer.class, () -> new GenericContainer<>("redis:7.0").withExposedPorts(6379))
            .scope(SESSION);

    private Redis() {}

    /** Names are resolved by the JDK: the socket of Netty's resolver may be open still when a client has been shut down. */
    private static RedisClient client(GenericContainer<?> server) {
        ClientResources resources = ClientResources.builder()
                .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .build();
        return RedisClient.create(resources, RedisURI.create(server.getHost(), server.getMappedPort(6379)));
    }

    /** Of a client of its own. */
    static StatefulRedisConnection<String, String> connect(GenericContainer<?> server) {
        return client(server).connect();
    }

    /** Closes the connection and ends the threads of its client. */
    static void shutdown(StatefulRedisConnection<String, String> connection) {
        connection.sync().flushall();
        connection.close();
        connection.getResources().shutdown(0, 30, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** From now on it answers nobody; connections stay open. */
    static void pause(GenericContainer<?> server) {
        DockerClientFactory.lazyClient()
                .pauseContainerCmd(server.getContainerId())
                .exec();
    }

    /** Ends {@link #pause}. */
    static void resume(GenericContainer<?> server) {
        DockerClientFactory.lazyClient()
                .unpauseContainerCmd(server.getContainerId())
                .exec();
    }
}
