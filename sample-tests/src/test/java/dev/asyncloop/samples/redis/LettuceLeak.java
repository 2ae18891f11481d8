package dev.asyncloop.samples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connection is closed, and the client whose threads it ran on is not. */
@ExtendWith(AsyncLoopExtension.class)
class LettuceLeak {

    private final RedisClient client = Redis.client();

    @Test
    void asks() {
        try (var connection = client.connect()) {
            assertThat(Asyncio.await(connection.async().ping())).isEqualTo("PONG");
        }
    }

    @Test
    void asks_and_shuts_down() {
        asks();
        Redis.shutdown(client);
    }
}
