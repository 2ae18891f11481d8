package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The failed assertion stays the failure; that it kept the test from stopping the inventory is told below it. */
@ExtendWith(AsyncLoopExtension.class)
class FailingTestLeak {

    private final Inventory inventory = new Inventory();

    @Test
    void expects_too_many() throws Exception {
        inventory.start();
        assertThat(inventory.apples()).isEqualTo(4);
        inventory.stop();
    }

    @Test
    void expects_what_is_there() throws Exception {
        inventory.start();
        assertThat(inventory.apples()).isEqualTo(3);
        inventory.stop();
    }
}
