package dev.asyncloop.samples.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ticks whose subscription is not cancelled. */
@ExtendWith(AsyncLoopExtension.class)
class MutinyLeak {

    @Test
    void sees_a_tick(EventLoop loop) {
        subscribe(loop);
    }

    @Test
    void sees_a_tick_and_cancels(EventLoop loop) {
        subscribe(loop).cancel();
    }

    private static Cancellable subscribe(EventLoop loop) {
        LoopFuture<Long> first = loop.createFuture();
        Cancellable subscription = Multi.createFrom()
                .ticks()
                .onExecutor(loop.asExecutor())
                .every(Duration.ofMinutes(1))
                .subscribe()
                .with(tick -> first.complete(tick));
        assertThat(first.await()).isZero();
        return subscription;
    }
}
