package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A connection that is never closed. */
@ExtendWith(AsyncLoopExtension.class)
class JdbcLeak {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    private Connection connection; // held, so that the driver does not close it when it is collected

    @BeforeEach
    void connect(PostgreSQLContainer server) throws SQLException {
        connection = DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    }

    @Test
    void connects() throws SQLException {
        assertThat(connection.isValid(30)).isTrue();
    }

    @Test
    void connects_and_closes() throws SQLException {
        assertThat(connection.isValid(30)).isTrue();
        connection.close();
    }
}
