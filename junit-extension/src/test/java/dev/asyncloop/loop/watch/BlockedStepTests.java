package dev.asyncloop.loop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.LoopCores;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BlockedStepTests {

    @AutoClose
    private final LoopCores.OfLoop loop = LoopCores.create();

    @Test
    void a_task_that_computes_keeps_nobody_waiting_while_nothing_else_is_to_run() {
        loop.loop().runUntilComplete(() -> {
            assertThat(BlockedStep.describe(loop.core())).isEmpty();
            loop.loop().callSoon(() -> {});
            assertThat(BlockedStep.describe(loop.core())).isPresent();
        });
    }
}
