package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** R2DBC: a publisher is awaited as a future, and a connection is closed by the pipeline that uses it. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class R2dbcTests {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    @RegisterExtension
    final LoopFixture<PostgresqlConnectionFactory> connections =
            LoopFixture.of(PostgresqlConnectionFactory.class, SERVER, Postgres::connections);

    // tag::r2dbc[]
    @Test
    void rows_are_collected(PostgresqlConnectionFactory connections) {
        Mono<List<Integer>> numbers = Flux.usingWhen(
                        connections.create(),
                        connection -> connection
                                .createStatement("select n from generate_series(1, $1) n")
                                .bind("$1", 1_000)
                                .execute()
                                .flatMap(result -> result.map((row, columns) -> row.get(0, Integer.class))),
                        PostgresqlConnection::close)
                .collectList();

        assertThat(Asyncio.await(numbers.toFuture())).hasSize(1_000).isSorted();
    }
    // end::r2dbc[]

    @Test
    void an_error_is_thrown_as_it_is(PostgresqlConnectionFactory connections) {
        Mono<Long> query = Mono.usingWhen(
                connections.create(),
                connection -> connection
                        .createStatement("select nothing")
                        .execute()
                        .flatMap(result -> result.getRowsUpdated())
                        .next(),
                PostgresqlConnection::close);

        assertThatThrownBy(() -> Asyncio.await(query.toFuture())).isInstanceOf(R2dbcBadGrammarException.class);
    }
}
