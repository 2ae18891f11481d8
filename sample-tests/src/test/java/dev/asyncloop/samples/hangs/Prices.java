package dev.asyncloop.samples.hangs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that waits for another in the only thread that could do it, and one that waits for none. */
@ExtendWith(AsyncLoopExtension.class)
class Prices {

    private final Pricing pricing = new Pricing();

    @AfterEach
    void end() {
        pricing.end();
    }

    // tag::hangs[]
    @Test
    void prices_are_added() throws Exception {
        assertThat(pricing.total("tea", "milk").get()).isEqualTo(7);
    }
    // end::hangs[]

    @Test
    void a_price_is_found() throws Exception {
        assertThat(pricing.price("tea").get()).isEqualTo(3);
    }
}
