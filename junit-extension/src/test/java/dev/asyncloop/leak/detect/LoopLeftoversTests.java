package dev.asyncloop.leak.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopEngine;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopLeftoversTests {

    @ParameterizedTest
    @EnumSource
    void what_ends_within_some_turns_is_let_end_before_it_is_judged(LoopEngine engine) {
        Owner owner = Owner.named("test");
        try (EventLoop loop =
                EventLoop.create(LoopOptions.defaults().owner(owner).engine(engine))) {
            loop.createTask(() -> {
                for (int turn = 0; turn < 50; turn++) {
                    Asyncio.sleep(Duration.ZERO);
                }
            });
            LoopLeftovers leftovers = new LoopLeftovers(loop.account(owner));
            leftovers.settle();
            assertThat(leftovers.isEmpty()).isTrue();
        }
    }
}
