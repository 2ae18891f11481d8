package dev.asyncloop.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.LoopContainers;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A server that is paused while a test waits for its answer. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class CacheOutage {

    @RegisterExtension
    static final LoopFixture<GenericContainer<?>> CACHE = LoopContainers.of(
            GenericContainer.class,
            () -> new GenericContainer<>("redis:7.0")
                    .withCommand("sh", "-c", "echo 3 orders loaded; exec redis-server --logfile /tmp/redis.log")
                    .withExposedPorts(6379));

    @Test
    void counts_orders(GenericContainer<?> cache) throws Exception {
        DockerClientFactory.lazyClient()
                .pauseContainerCmd(cache.getContainerId())
                .exec();
        try (Socket socket = new Socket(cache.getHost(), cache.getMappedPort(6379))) {
            socket.setSoTimeout(200); // milliseconds
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(answer.readNBytes(7)).asString().isEqualTo("+PONG\r\n");
        }
    }
}
