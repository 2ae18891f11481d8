package dev.asyncloop.samples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Vert.x's client: its futures are awaited, and its threads end with the {@code Vertx}. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class VertxClientTests {

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = Postgres.pool(vertx);

    @AfterEach
    void close() {
        Asyncio.await(pool.close().toCompletionStage());
        Asyncio.await(vertx.close().toCompletionStage());
    }

    // tag::vertx[]
    @Test
    void queries_share_the_pool() {
        List<CompletionStage<Integer>> answers =
                IntStream.range(0, 50).mapToObj(this::next).toList();

        assertThat(Asyncio.gather(answers).await())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    }

    private CompletionStage<Integer> next(int number) {
        Future<Integer> next = pool.preparedQuery("select $1::int + 1")
                .execute(Tuple.of(number))
                .map(rows -> rows.iterator().next().getInteger(0));
        return next.toCompletionStage();
    }
    // end::vertx[]
}
