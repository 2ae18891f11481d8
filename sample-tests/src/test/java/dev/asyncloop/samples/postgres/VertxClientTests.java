package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Vert.x's client: its futures are awaited, and its threads end with the {@code Vertx}. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class VertxClientTests {

    @RegisterExtension
    static final LoopFixture<PostgreSQLContainer> SERVER = Postgres.SERVER;

    // tag::vertx[]
    @RegisterExtension
    final LoopFixture<Vertx> vertx = LoopFixture.<Vertx>of(Vertx.class, () -> Vertx.vertx())
            .closedBy(each -> Asyncio.await(each.close().toCompletionStage()));

    @RegisterExtension
    final LoopFixture<Pool> pool = LoopFixture.<PostgreSQLContainer, Vertx, Pool>of(
                    Pool.class, SERVER, vertx, Postgres::pool)
            .closedBy(each -> Asyncio.await(each.close().toCompletionStage()));

    @Test
    void queries_share_the_pool(Pool pool) {
        List<CompletionStage<Integer>> answers =
                IntStream.range(0, 50).mapToObj(i -> next(pool, i)).toList();

        assertThat(Asyncio.gather(answers).await())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    }

    private static CompletionStage<Integer> next(Pool pool, int number) {
        Future<Integer> next = pool.preparedQuery("select $1::int + 1")
                .execute(Tuple.of(number))
                .map(rows -> rows.iterator().next().getInteger(0));
        return next.toCompletionStage();
    }
    // end::vertx[]
}
