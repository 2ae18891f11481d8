package dev.asyncloop.samples.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;

/** Spring's {@code TaskExecutor} and {@code TaskScheduler} on the loop of the test. */
@ExtendWith(AsyncLoopExtension.class)
class SpringTests {

    private final List<String> events = new ArrayList<>();

    @Test
    void a_task_executor_runs_tasks_of_the_loop(EventLoop loop) throws Exception {
        ConcurrentTaskExecutor executor = new ConcurrentTaskExecutor(loop.asExecutor());
        assertThat(executor.submit(EventLoop::running).get()).isSameAs(loop);
        assertThat(Asyncio.await(executor.submitCompletable(() -> {
                    Asyncio.sleep(Duration.ofMillis(1));
                    return "waited";
                })))
                .isEqualTo("waited");
    }

    @Test
    void a_task_scheduler_takes_the_loops_timers(EventLoop loop) throws Exception {
        try (ScheduledExecutorService view = loop.asExecutor()) {
            ConcurrentTaskScheduler scheduler = new ConcurrentTaskScheduler(view);
            scheduler.schedule(() -> events.add("once"), Instant.now()).get();

            LoopFuture<String> third = loop.createFuture();
            ScheduledFuture<?> ticks = scheduler.scheduleAtFixedRate(
                    () -> {
                        events.add("tick");
                        if (events.size() == 4) {
                            third.complete("enough");
                        }
                    },
                    Duration.ofMillis(1));
            third.await();
            ticks.cancel(true);
        }
        assertThat(events).startsWith("once", "tick", "tick", "tick");
    }
}
