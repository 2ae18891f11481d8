package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.CheckLeaks;
import dev.asyncloop.leak.LeakMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Green by a row of {@code exclusions.tsv}: the first test that asks for a price starts a thread for all. */
@ExtendWith(AsyncLoopExtension.class)
@CheckLeaks(LeakMode.FAIL)
class PriceListTests {

    @Test
    void an_apple_has_a_price() {
        assertThat(PriceList.of("apple")).isEqualTo(50);
    }
}
