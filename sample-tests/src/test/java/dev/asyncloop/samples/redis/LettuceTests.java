package dev.asyncloop.samples.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lettuce's futures and publishers, awaited; and what a server that does not answer does to them. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class LettuceTests {

    private final RedisClient client = Redis.client();
    private final StatefulRedisConnection<String, String> connection = client.connect();

    @AfterEach
    void close() {
        connection.sync().flushall();
        Redis.shutdown(client); // with its connections and threads
    }

    // tag::async[]
    @Test
    void commands_are_pipelined() {
        List<RedisFuture<Long>> counts = IntStream.range(0, 50)
                .mapToObj(i -> connection.async().incr("apples"))
                .toList();

        assertThat(Asyncio.gather(counts).await()).endsWith(49L, 50L);
    }
    // end::async[]

    @Test
    void publishers_are_awaited_as_futures() {
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
    void an_answer_that_does_not_come_is_given_up() {
        RedisFuture<String> answer;
        Redis.pause();
        try {
            answer = connection.async().ping();
            assertThatThrownBy(() -> Asyncio.waitFor(answer, Duration.ofMillis(100)))
                    .isInstanceOf(TimeoutException.class);
        } finally {
            Redis.resume();
        }
        assertThat(answer.isCancelled()).isTrue();
        assertThat(Asyncio.await(connection.async().ping())).isEqualTo("PONG"); // the connection has survived
    }
    // end::cut[]

    @Test
    void a_pipeline_gives_up_on_the_loops_clock(EventLoop loop) {
        Scheduler scheduler = Schedulers.fromExecutorService(loop.asExecutor());
        Redis.pause();
        try {
            Mono<String> answer = connection.reactive().ping().timeout(Duration.ofMillis(100), scheduler);
            assertThatThrownBy(() -> Asyncio.await(answer.toFuture())).isInstanceOf(TimeoutException.class);
        } finally {
            Redis.resume();
        }
        assertThat(Asyncio.await(connection.reactive().ping().toFuture())).isEqualTo("PONG");
    }
}
