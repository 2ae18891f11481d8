package dev.asyncloop.samples.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lettuce's futures and publishers, awaited; and what a server that does not answer does to them. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class LettuceTests {

    @RegisterExtension
    static final LoopFixture<GenericContainer<?>> SERVER = Redis.SERVER;

    @RegisterExtension
    final LoopFixture<StatefulRedisConnection<String, String>> connection = LoopFixture.of(
                    StatefulRedisConnection.class, SERVER, Redis::connect)
            .closedBy(Redis::shutdown);

    // tag::async[]
    @Test
    void commands_are_pipelined(StatefulRedisConnection<String, String> connection) {
        List<RedisFuture<Long>> counts = IntStream.range(0, 50)
                .mapToObj(i -> connection.async().incr("apples"))
                .toList();

        assertThat(Asyncio.gather(counts).await()).endsWith(49L, 50L);
    }
    // end::async[]

    @Test
    void publishers_are_awaited_as_futures(StatefulRedisConnection<String, String> connection) {
        Mono<Long> added = Flux.range(0, 50)
                .flatMap(i -> connection.reactive().rpush("orders", "order-" + i))
                .last();

        assertThat(Asyncio.await(added.toFuture())).isEqualTo(50);
        assertThat(Asyncio.await(connection
                        .reactive()
                        .lrange("orders", 0, -1)
                        .collectList()
                        .toFuture()))
                .hasSize(50);
    }

    // tag::cut[]
    @Test
    void an_answer_that_does_not_come_is_given_up(
            GenericContainer<?> server, StatefulRedisConnection<String, String> connection) {
        RedisFuture<String> answer;
        Redis.pause(server);
        try {
            answer = connection.async().ping();
            assertThatThrownBy(() -> Asyncio.waitFor(answer, Duration.ofMillis(100)))
                    .isInstanceOf(TimeoutException.class);
        } finally {
            Redis.resume(server);
        }
        assertThat(answer.isCancelled()).isTrue();
        assertThat(Asyncio.await(connection.async().ping())).isEqualTo("PONG"); // the connection has survived
    }
    // end::cut[]

    @Test
    void a_pipeline_gives_up_on_the_loops_clock(
            EventLoop loop, GenericContainer<?> server, StatefulRedisConnection<String, String> connection) {
        Scheduler scheduler = Schedulers.fromExecutorService(loop.asExecutor());
        Redis.pause(server);
        try {
            Mono<String> answer = connection.reactive().ping().timeout(Duration.ofMillis(100), scheduler);
            assertThatThrownBy(() -> Asyncio.await(answer.toFuture())).isInstanceOf(TimeoutException.class);
        } finally {
            Redis.resume(server);
        }
        assertThat(Asyncio.await(connection.reactive().ping().toFuture())).isEqualTo("PONG");
    }
}
