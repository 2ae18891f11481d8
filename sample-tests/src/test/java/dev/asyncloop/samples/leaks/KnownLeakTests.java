package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AllowLeak;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.CheckLeaks;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// tag::modes[]
@ExtendWith(AsyncLoopExtension.class)
@CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.FILE_DESCRIPTOR)
class KnownLeakTests {
    // end::modes[]

    private final Inventory inventory = new Inventory();

    // tag::allowance[]
    @Test
    @AllowLeak(kind = LeakKind.PENDING_TASK, match = "poll-inventory", reason = "ends with the process")
    void counts_apples() throws Exception {
        inventory.start();
        assertThat(inventory.apples()).isEqualTo(3);
    }
    // end::allowance[]
}
