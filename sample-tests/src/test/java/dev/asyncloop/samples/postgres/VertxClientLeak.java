package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The pool is closed, and the {@code Vertx} below it is not. */
@ExtendWith(AsyncLoopExtension.class)
class VertxClientLeak {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    private final Vertx vertx = Vertx.vertx();

    @Test
    void asks(PostgreSQLContainer server) {
        Pool pool = Postgres.pool(server, vertx);
        assertThat(Asyncio.await(pool.query("select 1").execute().toCompletionStage()))
                .hasSize(1);
        Asyncio.await(pool.close().toCompletionStage());
    }

    @Test
    void asks_and_closes(PostgreSQLContainer server) {
        asks(server);
        Asyncio.await(vertx.close().toCompletionStage());
    }
}
