package dev.asyncloop.samples.mocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mock that never answers. */
@ExtendWith(AsyncLoopExtension.class)
class MockitoLeak {

    private final Tariff tariff = mock();
    private LoopFuture<Integer> answer;

    @BeforeEach
    void stub(EventLoop loop) {
        answer = loop.createFuture();
        when(tariff.perKilogram()).thenReturn(answer);
    }

    @Test
    void asks_the_post(EventLoop loop) {
        ask(loop);
    }

    @Test
    void asks_the_post_which_answers(EventLoop loop) {
        Task<Integer> cost = ask(loop);
        answer.complete(300);
        assertThat(cost.await()).isEqualTo(600);
    }

    private Task<Integer> ask(EventLoop loop) {
        Task<Integer> cost = loop.createTask("cost", () -> new Parcels(tariff).cost(2));
        Asyncio.sleep(Duration.ZERO);
        verify(tariff).perKilogram();
        return cost;
    }
}
