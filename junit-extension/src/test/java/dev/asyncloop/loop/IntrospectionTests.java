package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which tasks there are, and which one runs. */
@Timeout(30)
class IntrospectionTests {

    private final EventLoop loop = EventLoop.create();
    private final EventLoop other = EventLoop.create();
    private final List<Object> events = new ArrayList<>();

    @AfterEach
    void closeLoops() {
        loop.close();
        other.close();
    }

    private static Task<?> waiting(EventLoop loop) {
        return loop.createBackgroundTask("waits", () -> loop.createFuture().await());
    }

    @Test
    void F01_only_the_tasks_of_this_loop_that_are_not_done() {
        Task<?> first = waiting(loop);
        Task<?> second = waiting(loop);
        Task<?> elsewhere = waiting(other);
        Task<?> ends = loop.createTask(() -> {});
        loop.runUntilComplete(ends);
        assertThat(loop.allTasks()).containsExactly(first, second);
        assertThat(other.allTasks()).containsExactly(elsewhere);
        first.cancel("enough");
        loop.runUntilComplete(() -> Asyncio.sleep(Duration.ZERO));
        assertThat(loop.allTasks()).containsExactly(second);
    }

    @Test
    void F02_the_callers_own_is_among_them() {
        Task<List<Task<?>>> asks = loop.createTask(() -> Asyncio.allTasks());
        assertThat(loop.runUntilComplete(asks)).containsExactly(asks);
        assertThatIllegalStateException().isThrownBy(Asyncio::allTasks).withMessage("no running event loop");
    }

    @Test
    void F05_there_is_no_current_task_in_a_callback_and_none_without_a_loop() {
        loop.callSoon(() -> events.add(Asyncio.currentTask()));
        Task<Task<?>> asks = loop.createTask(Asyncio::currentTask);
        assertThat(loop.runUntilComplete(asks)).isSameAs(asks);
        assertThat(events).containsExactly((Object) null);
        assertThatIllegalStateException().isThrownBy(Asyncio::currentTask).withMessage("no running event loop");
    }

    @Test
    void F06_it_is_right_across_tasks_that_take_turns() {
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            tasks.add(loop.createTask(() -> {
                for (int turn = 0; turn < 3; turn++) {
                    assertThat(Asyncio.currentTask()).isSameAs(tasks.get(number));
                    events.add(number);
                    Asyncio.sleep(Duration.ZERO);
                }
            }));
        }
        loop.runUntilComplete(() -> tasks.forEach(Task::await));
        assertThat(events).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    }

    @Test
    void F08_another_thread_may_ask_for_the_tasks_of_a_loop() {
        Task<?> waits = waiting(loop);
        assertThat(CompletableFuture.supplyAsync(loop::allTasks).join()).containsExactly(waits);
    }
}
