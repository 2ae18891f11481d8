package dev.asyncloop.samples.postgres;

import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThatDescriptors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** What a build asserts of a pool: opened and closed again and again, it leaves nothing. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class PoolGrowthTests {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    // tag::growth[]
    @Test
    void a_pool_that_is_closed_leaves_nothing(PostgreSQLContainer server) {
        assertThatDescriptors().stayFlatAcross(5, () -> {
            try (HikariDataSource pool = Postgres.pool(server, 1)) {
                use(pool);
            }
        });
    }
    // end::growth[]

    @Test
    void one_that_is_not_closed_is_caught(PostgreSQLContainer server) {
        Deque<HikariDataSource> pools = new ArrayDeque<>();
        try {
            assertThatThrownBy(() -> assertThatDescriptors().stayFlatAcross(5, () -> {
                        pools.add(Postgres.pool(server, 1));
                        use(pools.getLast());
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("TCP socket", "Postgres.pool(Postgres.java:");
        } finally {
            pools.forEach(HikariDataSource::close);
        }
    }

    private static void use(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }
}
