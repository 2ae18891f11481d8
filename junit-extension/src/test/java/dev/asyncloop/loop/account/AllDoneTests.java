package dev.asyncloop.loop.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopClock;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.LoopOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting until futures are done, in real time. */
@Timeout(60)
class AllDoneTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().clock(LoopClock.virtual()));

    private static long in(long millis) {
        return System.nanoTime() + Duration.ofMillis(millis).toNanos();
    }

    @Test
    void it_waits_for_all_however_they_end() {
        LoopFuture<Integer> first = loop.createFuture();
        LoopFuture<Integer> second = loop.createFuture();
        loop.callSoon(() -> first.complete(1));
        loop.callSoon(second::cancel);
        assertThat(AllDone.await(loop, List.of(first, second), in(10_000))).isTrue();
    }

    @Test
    void the_time_is_real_where_that_of_the_loop_stands_still() {
        LoopFuture<Integer> done = loop.createFuture();
        done.complete(1);
        List<LoopFuture<Integer>> futures = List.of(done, loop.createFuture());
        long end = in(20);
        assertThat(AllDone.await(loop, futures, end)).isFalse();
        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(end);
        assertThat(loop.time()).isZero();
    }

    @Test
    void a_time_that_is_over_is_none() {
        assertThat(AllDone.await(loop, List.of(loop.<Integer>createFuture()), in(-1)))
                .isFalse();
    }
}
