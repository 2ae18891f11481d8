package dev.asyncloop.samples.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mutiny's pipelines on the loop of the test. */
@ExtendWith(AsyncLoopExtension.class)
class MutinyTests {

    private ScheduledExecutorService onLoop;

    @BeforeEach
    void set_up(EventLoop loop) {
        onLoop = loop.asExecutor();
    }

    // tag::mutiny[]
    @Test
    void work_runs_as_a_task_and_may_wait(EventLoop loop) {
        Uni<EventLoop> uni = Uni.createFrom()
                .item(() -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    return EventLoop.running();
                })
                .runSubscriptionOn(onLoop);

        assertThat(Asyncio.await(uni.subscribeAsCompletionStage())).isSameAs(loop);
    }
    // end::mutiny[]

    @Test
    void ticks_are_the_loops_timers() {
        Multi<Long> ticks = Multi.createFrom()
                .ticks()
                .onExecutor(onLoop)
                .every(Duration.ofMillis(1))
                .select()
                .first(3);

        assertThat(Asyncio.await(ticks.collect().asList().subscribeAsCompletionStage()))
                .isEqualTo(List.of(0L, 1L, 2L));
    }

    @Test
    void order_is_kept_where_work_is_handed_over() {
        Multi<Integer> numbers =
                Multi.createFrom().range(0, 1_000).emitOn(onLoop).map(number -> number * 2);

        assertThat(Asyncio.await(numbers.collect().asList().subscribeAsCompletionStage()))
                .hasSize(1_000)
                .isSorted()
                .endsWith(1_998);
    }

    @Test
    void a_pipeline_gives_up_on_the_loops_clock() {
        Uni<String> never = Uni.createFrom()
                .<String>nothing()
                .ifNoItem()
                .after(Duration.ofMillis(10))
                .on(onLoop)
                .fail();

        assertThatThrownBy(() -> Asyncio.await(never.subscribeAsCompletionStage()))
                .isInstanceOf(TimeoutException.class);
    }
}
