package dev.asyncloop.samples.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** An interval whose subscription is not disposed of. */
@ExtendWith(AsyncLoopExtension.class)
class ReactorLeak {

    @Test
    void sees_a_tick(EventLoop loop) {
        subscribe(loop);
    }

    @Test
    void sees_a_tick_and_disposes(EventLoop loop) {
        subscribe(loop).dispose();
    }

    private static Disposable subscribe(EventLoop loop) {
        LoopFuture<Long> first = loop.createFuture();
        Disposable subscription = Flux.interval(
                        Duration.ZERO, Duration.ofMinutes(1), Schedulers.fromExecutorService(loop.asExecutor()))
                .subscribe(first::complete);
        assertThat(first.await()).isZero();
        return subscription;
    }
}
