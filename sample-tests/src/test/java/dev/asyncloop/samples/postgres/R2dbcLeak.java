package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;
import reactor.netty.resources.LoopResources;

/** Connections on event loops of their own, which are never disposed of. */
@ExtendWith(AsyncLoopExtension.class)
class R2dbcLeak {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    private final LoopResources loops = LoopResources.create("orders", 1, true);

    @Test
    void connects(PostgreSQLContainer server) {
        PostgresqlConnection connection =
                Asyncio.await(Postgres.connections(server, loops).create().toFuture());
        assertThat(connection.getMetadata().getDatabaseVersion()).startsWith("15");
        Asyncio.await(connection.close().toFuture());
    }

    @Test
    void connects_and_disposes(PostgreSQLContainer server) {
        connects(server);
        Asyncio.await(loops.disposeLater().toFuture());
    }
}
