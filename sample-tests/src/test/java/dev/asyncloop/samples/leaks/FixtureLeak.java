package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fixture that is never stopped, since nobody said how. */
@ExtendWith(AsyncLoopExtension.class)
class FixtureLeak {

    // tag::leak[]
    @RegisterExtension
    static final LoopFixture<Inventory> INVENTORY = LoopFixture.of(Inventory.class, () -> {
        Inventory inventory = new Inventory();
        inventory.start();
        return inventory; // not AutoCloseable, and without closedBy
    });
    // end::leak[]

    @Test
    void counts_apples(Inventory inventory) throws Exception {
        assertThat(inventory.apples()).isEqualTo(3);
    }
}
