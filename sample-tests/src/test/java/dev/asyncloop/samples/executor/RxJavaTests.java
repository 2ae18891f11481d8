package dev.asyncloop.samples.executor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.EventLoop;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** RxJava's operators on the loop of the test. */
@ExtendWith(AsyncLoopExtension.class)
class RxJavaTests {

    private Scheduler scheduler;

    @BeforeEach
    void set_up(EventLoop loop) {
        scheduler = Schedulers.from(loop.asExecutor(), true);
    }

    @Test
    void work_runs_as_a_task_and_may_wait(EventLoop loop) {
        Single<EventLoop> single = Single.fromCallable(() -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    return EventLoop.running();
                })
                .subscribeOn(scheduler);
        assertThat(single.blockingGet()).isSameAs(loop);
    }

    @Test
    void delays_and_intervals_are_the_loops_timers() {
        Flowable<Long> ticks = Flowable.interval(1, MILLISECONDS, scheduler).take(3);
        assertThat(Asyncio.await(ticks.toList().toCompletionStage())).isEqualTo(List.of(0L, 1L, 2L));
        Single<String> delayed = Single.just("late").delay(1, MILLISECONDS, scheduler);
        assertThat(Asyncio.await(delayed.toCompletionStage())).isEqualTo("late");
    }

    @Test
    void order_is_kept_where_work_is_handed_over() {
        List<Integer> numbers = Flowable.range(0, 1_000)
                .observeOn(scheduler)
                .map(number -> number * 2)
                .toList()
                .blockingGet();
        assertThat(numbers).hasSize(1_000).isSorted().endsWith(1_998);
    }

    @Test
    void a_subscription_that_is_disposed_of_ends_its_work(EventLoop loop) {
        Disposable subscription =
                Single.fromCallable(this::waitForEver).subscribeOn(scheduler).subscribe();
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
