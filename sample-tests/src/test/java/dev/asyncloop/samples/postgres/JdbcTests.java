package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Plain JDBC with a pool: a query blocks, and so suspends its task only. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class JdbcTests {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    @RegisterExtension
    final LoopFixture<HikariDataSource> pool =
            LoopFixture.of(HikariDataSource.class, SERVER, server -> Postgres.pool(server, 51));

    // tag::fifty[]
    @Test
    void fifty_queries_are_in_flight_at_once(EventLoop loop, HikariDataSource pool) throws Exception {
        try (Connection barrier = pool.getConnection()) {
            ask(barrier, "select 1 from pg_advisory_lock(7)"); // which each of the fifty waits for
            List<Task<Integer>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> loop.createTask(() -> ask(pool, "select " + i + " from pg_advisory_lock_shared(7)")))
                    .toList();

            while (ask(barrier, "select count(*) from pg_locks where locktype = 'advisory' and not granted") < 50) {
                Asyncio.sleep(Duration.ofMillis(5));
            }
            assertThat(answers).noneMatch(Task::isDone);

            ask(barrier, "select 1 from pg_advisory_unlock(7)");
            assertThat(Asyncio.gather(answers).await())
                    .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        }
    }

    private static int ask(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return ask(connection, query);
        }
    }
    // end::fifty[]

    private static int ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
