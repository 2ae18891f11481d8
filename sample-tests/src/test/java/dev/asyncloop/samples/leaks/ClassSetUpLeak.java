package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.LoopScope;
import dev.asyncloop.jupiter.LoopScope.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code @BeforeAll} starts is the class's: no test of it fails, the class does. */
@LoopScope(Scope.CLASS)
class ClassSetUpLeak {

    private static final Inventory inventory = new Inventory();

    @BeforeAll
    static void start() {
        inventory.start();
    }

    @Test
    void counts_apples() throws Exception {
        assertThat(inventory.apples()).isEqualTo(3);
    }
}
