package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pool is closed, and the {@code Vertx} below it is not. */
@ExtendWith(AsyncLoopExtension.class)
class VertxClientLeak {

    private final Vertx vertx = Vertx.vertx();

    @Test
    void asks() {
        Pool pool = Postgres.pool(vertx);
        assertThat(Asyncio.await(pool.query("select 1").execute().toCompletionStage()))
                .hasSize(1);
        Asyncio.await(pool.close().toCompletionStage());
    }

    @Test
    void asks_and_closes() {
        asks();
        Asyncio.await(vertx.close().toCompletionStage());
    }
}
