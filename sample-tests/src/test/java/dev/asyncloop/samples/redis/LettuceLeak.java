package dev.asyncloop.samples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;

/** The connection is closed, and the client whose threads it ran on is not. */
@ExtendWith(AsyncLoopExtension.class)
class LettuceLeak {

    @RegisterExtension
    static final LoopFixture<GenericContainer<?>> SERVER = Redis.SERVER;

    @Test
    void asks(GenericContainer<?> server) {
        ask(Redis.connect(server)).close();
    }

    @Test
    void asks_and_shuts_down(GenericContainer<?> server) {
        Redis.shutdown(ask(Redis.connect(server)));
    }

    private static StatefulRedisConnection<String, String> ask(StatefulRedisConnection<String, String> connection) {
        assertThat(Asyncio.await(connection.async().ping())).isEqualTo("PONG");
        return connection;
    }
}
