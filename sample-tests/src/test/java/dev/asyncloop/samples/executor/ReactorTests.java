package dev.asyncloop.samples.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's operators on the loop of the test. */
@ExtendWith(AsyncLoopExtension.class)
class ReactorTests {

    private Scheduler scheduler;

    // tag::reactor[]
    @BeforeEach
    void set_up(EventLoop loop) {
        scheduler = Schedulers.fromExecutorService(loop.asExecutor());
    }

    @AfterEach
    void tear_down() {
        scheduler.dispose();
    }

    @Test
    void work_runs_as_a_task_and_may_wait(EventLoop loop) {
        Mono<EventLoop> mono = Mono.fromCallable(() -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    return EventLoop.running();
                })
                .subscribeOn(scheduler);
        assertThat(mono.block()).isSameAs(loop);
    }
    // end::reactor[]

    @Test
    void delays_and_intervals_are_the_loops_timers() {
        Flux<Long> ticks = Flux.interval(Duration.ofMillis(1), scheduler).take(3);
        assertThat(Asyncio.await(ticks.collectList().toFuture())).isEqualTo(List.of(0L, 1L, 2L));
        Mono<String> delayed = Mono.just("late").delayElement(Duration.ofMillis(1), scheduler);
        assertThat(Asyncio.await(delayed.toFuture())).isEqualTo("late");
    }

    @Test
    void order_is_kept_where_work_is_handed_over() {
        List<Integer> numbers = Flux.range(0, 1_000)
                .publishOn(scheduler)
                .map(number -> number * 2)
                .collectList()
                .block();
        assertThat(numbers).hasSize(1_000).isSorted().endsWith(1_998);
    }

    @Test
    void a_subscription_that_is_disposed_of_ends_its_work(EventLoop loop) {
        Disposable subscription =
                Mono.fromCallable(this::waitForEver).subscribeOn(scheduler).subscribe();
        Asyncio.sleep(Duration.ZERO);
        int before = loop.allTasks().size();
        subscription.dispose();
        Asyncio.sleep(Duration.ofMillis(1));
        assertThat(loop.allTasks()).hasSize(before - 1);
    }

    private String waitForEver() {
        try {
            EventLoop.running().createFuture().await();
            return "never";
        } catch (CancelledException disposed) {
            return "nobody wants it";
        }
    }
}
