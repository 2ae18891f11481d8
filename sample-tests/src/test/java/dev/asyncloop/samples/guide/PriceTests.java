package dev.asyncloop.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.TaskGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one does with tasks: await them, group them, cancel them, and give up waiting. */
@ExtendWith(AsyncLoopExtension.class)
class PriceTests {

    /** Answers when the test says so. */
    private record Shop(CompletableFuture<Integer> answer) {

        Shop() {
            this(new CompletableFuture<>());
        }

        int price() throws Exception {
            return answer.get(); // a real one would read from a socket
        }
    }

    // tag::phases[]
    private final Shop near = new Shop();
    private final Shop far = new Shop();
    private Task<Integer> asking;

    @BeforeEach
    void ask(EventLoop loop) {
        asking = loop.createTask("asking", near::price);
    }

    @Test
    void set_up_and_test_are_one_coroutine() {
        assertThat(asking).isNotDone();
        near.answer().complete(50);
        assertThat(asking.await()).isEqualTo(50);
    }
    // end::phases[]

    // tag::group[]
    @Test
    void both_are_asked_at_once() {
        TaskGroup.run(group -> {
            Task<Integer> first = group.createTask("near", near::price);
            Task<Integer> second = group.createTask("far", far::price);
            far.answer().complete(45);
            near.answer().complete(50);
            assertThat(first.await()).isGreaterThan(second.await());
        }); // returns when all its tasks have ended; if one fails, the others are cancelled
        assertThat(asking.await()).isEqualTo(50);
    }
    // end::group[]

    // tag::cancel[]
    @Test
    void a_shop_that_does_not_answer_is_given_up() {
        assertThatThrownBy(() -> Asyncio.timeout(Duration.ofMillis(50), far::price))
                .isInstanceOf(TimeoutException.class);

        asking.cancel("nobody waits for it any more");
        assertThatThrownBy(asking::await).isInstanceOf(CancelledException.class);
    }
    // end::cancel[]
}
