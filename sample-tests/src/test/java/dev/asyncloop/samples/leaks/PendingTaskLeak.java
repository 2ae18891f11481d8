package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AsyncLoopExtension.class)
class PendingTaskLeak {

    private final Inventory inventory = new Inventory();

    // tag::leak[]
    @Test
    void counts_apples() throws Exception {
        inventory.start();
        assertThat(inventory.apples()).isEqualTo(3);
    }
    // end::leak[]

    @Test
    void counts_apples_and_stops() throws Exception {
        inventory.start();
        assertThat(inventory.apples()).isEqualTo(3);
        inventory.stop();
    }
}
