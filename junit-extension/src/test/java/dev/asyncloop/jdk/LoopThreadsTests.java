package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What we read from the JDK's virtual threads, on an executor that only collects. */
@Timeout(60)
class LoopThreadsTests {

    private final Queue<Runnable> continuations = new ArrayDeque<>();
    private final Executor scheduler = continuations::add;
    private final List<String> events = new ArrayList<>();

    @Test
    void a_thread_runs_where_its_scheduler_runs_the_pieces() {
        Thread thread = LoopThreads.ofVirtual(scheduler).start(() -> {
            events.add("first");
            Thread.yield();
            events.add("second");
        });
        assertThat(events).isEmpty();
        continuations.remove().run();
        assertThat(events).containsExactly("first");
        continuations.remove().run();
        assertThat(events).containsExactly("first", "second");
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void the_scheduler_of_a_thread_is_known_and_inherited() {
        List<Thread> inner = new ArrayList<>();
        Thread thread = LoopThreads.ofVirtual(scheduler)
                .start(() -> inner.add(Thread.startVirtualThread(() -> events.add("inner"))));
        continuations.remove().run();
        assertThat(LoopThreads.schedulerOf(thread)).isSameAs(scheduler);
        assertThat(LoopThreads.schedulerOf(inner.get(0))).isSameAs(scheduler);
        assertThat(LoopThreads.schedulerOf(Thread.ofVirtual().unstarted(() -> {})))
                .isNotSameAs(scheduler);
        continuations.remove().run();
        assertThat(events).containsExactly("inner");
    }

    @Test
    void a_piece_names_its_thread() {
        Thread first = LoopThreads.ofVirtual(scheduler).start(Thread::yield);
        Thread second = LoopThreads.ofVirtual(scheduler).start(Thread::yield);
        assertThat(continuations).extracting(LoopThreads::threadOf).containsExactly(first, second);
        continuations.remove().run();
        assertThat(continuations).extracting(LoopThreads::threadOf).containsExactly(second, first);
        while (!continuations.isEmpty()) {
            continuations.remove().run();
        }
    }
}
