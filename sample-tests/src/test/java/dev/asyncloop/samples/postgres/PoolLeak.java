package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A pool that is never closed, with the connections that it holds. */
@ExtendWith(AsyncLoopExtension.class)
class PoolLeak {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    @Test
    void connects(PostgreSQLContainer server) throws SQLException {
        HikariDataSource pool = Postgres.pool(server, 1);
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    @Test
    void connects_and_closes(PostgreSQLContainer server) throws SQLException {
        try (HikariDataSource pool = Postgres.pool(server, 1);
                Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }
}
