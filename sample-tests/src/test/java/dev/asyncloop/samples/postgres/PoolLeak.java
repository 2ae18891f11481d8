package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pool that is never closed, with the connections that it holds. */
@ExtendWith(AsyncLoopExtension.class)
class PoolLeak {

    @Test
    void connects() throws SQLException {
        HikariDataSource pool = Postgres.pool(1);
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    @Test
    void connects_and_closes() throws SQLException {
        try (HikariDataSource pool = Postgres.pool(1);
                Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }
}
