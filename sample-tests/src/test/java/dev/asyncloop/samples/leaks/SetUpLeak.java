package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code @BeforeEach} starts is the test's as well. */
@ExtendWith(AsyncLoopExtension.class)
class SetUpLeak {

    private final Inventory inventory = new Inventory();

    @BeforeEach
    void start() {
        inventory.start();
    }

    @Test
    void counts_apples() throws Exception {
        assertThat(inventory.apples()).isEqualTo(3);
    }

    @Test
    void counts_apples_and_stops() throws Exception {
        assertThat(inventory.apples()).isEqualTo(3);
        inventory.stop();
    }
}
