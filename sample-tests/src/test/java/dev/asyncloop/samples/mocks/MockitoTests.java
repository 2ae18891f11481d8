package dev.asyncloop.samples.mocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.Task;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.MockedStatic;

/** Mocks that answer when the test says so, and a static mock that stays when the body is suspended. */
@ExtendWith(AsyncLoopExtension.class)
class MockitoTests {

    private final Tariff tariff = mock();
    private final Parcels parcels = new Parcels(tariff);

    @Test
    void the_answer_comes_when_the_test_says_so(EventLoop loop) {
        LoopFuture<Integer> answer = loop.createFuture();
        when(tariff.perKilogram()).thenReturn(answer);

        Task<Integer> cost = loop.createTask(() -> parcels.cost(2));
        Asyncio.sleep(Duration.ZERO);
        verify(tariff).perKilogram();
        assertThat(cost).isNotDone();

        answer.complete(300);
        assertThat(cost.await()).isEqualTo(600);
    }

    // tag::static[]
    @Test
    void a_static_mock_is_the_bodys_own(EventLoop loop) {
        try (MockedStatic<Tariff> mocked = mockStatic(Tariff.class)) {
            mocked.when(Tariff::limit).thenReturn(1);
            Asyncio.sleep(Duration.ofMillis(1)); // others run meanwhile, and the mock stays

            assertThatThrownBy(() -> parcels.cost(2)).hasMessage("2 kg are more than the post takes");
            assertThat(loop.createTask(Tariff::limit).await()).isEqualTo(30); // not so in other tasks
        }
    }
    // end::static[]

    /** Mockito edits the class for it, which asyncloop has edited before to see what {@code allOf} looks at. */
    @Test
    void a_mock_of_a_class_of_the_jdk_keeps_asyncloop_from_nothing(EventLoop loop) {
        CompletableFuture<Integer> weight = mock();
        when(weight.join()).thenReturn(2);
        assertThat(weight.join()).isEqualTo(2);

        Task<Integer> cost = loop.createTask(() -> parcels.cost(31));
        Asyncio.sleep(Duration.ZERO);
        assertThatThrownBy(() -> CompletableFuture.allOf(cost, new CompletableFuture<>().completeAsync(() -> 1))
                        .join())
                .hasRootCauseMessage("31 kg are more than the post takes"); // and no leak, since it was looked at
    }
}
