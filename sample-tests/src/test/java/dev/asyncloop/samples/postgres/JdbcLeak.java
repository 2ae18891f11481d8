package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A connection that is never closed. */
@ExtendWith(AsyncLoopExtension.class)
class JdbcLeak {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    @Test
    void connects(PostgreSQLContainer server) throws SQLException {
        assertThat(connect(server).isValid(30)).isTrue();
    }

    @Test
    void connects_and_closes(PostgreSQLContainer server) throws SQLException {
        try (Connection connection = connect(server)) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    private static Connection connect(PostgreSQLContainer server) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    }
}
