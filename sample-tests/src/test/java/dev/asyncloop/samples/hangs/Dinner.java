package dev.asyncloop.samples.hangs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One who waits for what nobody ordered, and one who ordered it. */
@ExtendWith(AsyncLoopExtension.class)
class Dinner {

    private final Kitchen kitchen = new Kitchen();

    // tag::hangs[]
    @BeforeEach
    void open(EventLoop loop) {
        loop.createBackgroundTask("cook", kitchen::cook);
    }

    @Test
    void soup_is_served() throws Exception {
        assertThat(kitchen.serve()).isEqualTo("soup"); // nobody has ordered it
    }
    // end::hangs[]

    @Test
    void soup_is_ordered_and_served() throws Exception {
        kitchen.order("soup");
        assertThat(kitchen.serve()).isEqualTo("soup");
    }
}
