package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that is never closed. */
@ExtendWith(AsyncLoopExtension.class)
class JdbcLeak {

    @Test
    void connects() throws SQLException {
        assertThat(connect().isValid(30)).isTrue();
    }

    @Test
    void connects_and_closes() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                Postgres.SERVER.getJdbcUrl(), Postgres.SERVER.getUsername(), Postgres.SERVER.getPassword());
    }
}
