package dev.asyncloop.samples.hangs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two that wait for each other for ever, and two that do not. */
@ExtendWith(AsyncLoopExtension.class)
class Transfers {

    private final Account ada = new Account(100);
    private final Account bob = new Account(100);

    // tag::hangs[]
    @Test
    void money_goes_both_ways(EventLoop loop) {
        Asyncio.gather(
                        loop.createTask("to bob", () -> ada.transfer(10, bob)),
                        loop.createTask("to ada", () -> bob.transfer(20, ada)))
                .await();
        assertThat(ada.cents()).isEqualTo(110);
    }
    // end::hangs[]

    @Test
    void money_goes_one_way(EventLoop loop) {
        Asyncio.gather(
                        loop.createTask("to bob", () -> ada.transfer(10, bob)),
                        loop.createTask("to bob again", () -> ada.transfer(20, bob)))
                .await();
        assertThat(ada.cents()).isEqualTo(70);
    }
}
