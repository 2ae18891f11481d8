package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An HTTP client has a selector, even before it has sent anything. */
@ExtendWith(AsyncLoopExtension.class)
class HttpClientLeak {

    private final Shipping shipping = new Shipping();

    @Test
    void addresses_a_parcel() {
        assertThat(shipping.parcel("apple").uri()).hasPath("/parcels/apple");
    }

    @Test
    void addresses_a_parcel_and_closes() {
        assertThat(shipping.parcel("apple").uri()).hasPath("/parcels/apple");
        shipping.close();
    }
}
