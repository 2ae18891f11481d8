package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that is never closed. */
@ExtendWith(AsyncLoopExtension.class)
class R2dbcLeak {

    @Test
    void connects() {
        PostgresqlConnection connection =
                Asyncio.await(Postgres.connections().create().toFuture());
        assertThat(connection.getMetadata().getDatabaseVersion()).startsWith("15");
    }

    @Test
    void connects_and_closes() {
        PostgresqlConnection connection =
                Asyncio.await(Postgres.connections().create().toFuture());
        assertThat(connection.getMetadata().getDatabaseVersion()).startsWith("15");
        Asyncio.await(connection.close().toFuture());
    }
}
