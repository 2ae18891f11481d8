package dev.asyncloop.samples.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** One server for all of this package: a class initialiser starts it, so that it belongs to no test. */
final class Redis {

    static final GenericContainer<?> SERVER = new GenericContainer<>("redis:7.0").withExposedPorts(6379);

    static {
        SERVER.start();
    }

    private Redis() {}

    /** Names are resolved by the JDK: the socket of Netty's resolver may be open still when a client has been shut down. */
    static RedisClient client() {
        ClientResources resources = ClientResources.builder()
                .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .build();
        return RedisClient.create(resources, RedisURI.create(SERVER.getHost(), SERVER.getMappedPort(6379)));
    }

    /** Closes the connections of a client and ends its threads. */
    static void shutdown(RedisClient client) {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(30));
        client.getResources().shutdown(0, 30, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** From now on it answers nobody; connections stay open. */
    static void pause() {
        DockerClientFactory.lazyClient()
                .pauseContainerCmd(SERVER.getContainerId())
                .exec();
    }

    /** Ends {@link #pause}. */
    static void resume() {
        DockerClientFactory.lazyClient()
                .unpauseContainerCmd(SERVER.getContainerId())
                .exec();
    }
}
