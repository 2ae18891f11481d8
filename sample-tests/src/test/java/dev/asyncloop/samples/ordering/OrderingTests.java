package dev.asyncloop.samples.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.jupiter.Constants;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The race in {@link Auction} is there in some orders only, and in these each time. */
class OrderingTests {

    private static boolean fails(String ordering) {
        return EngineTestKit.engine("junit-jupiter")
                        .configurationParameter(Constants.ORDERING_PARAMETER, ordering)
                        .selectors(selectClass(AuctionBids.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .count()
                == 1;
    }

    private static List<Boolean> failsByTenSeeds() {
        return IntStream.range(0, 10)
                .mapToObj(seed -> fails("shuffled:" + seed))
                .toList();
    }

    @Test
    void a_race_does_not_show_in_the_order_that_all_tests_have() {
        assertThat(fails("fifo")).isFalse();
    }

    @Test
    void it_shows_in_others_and_a_seed_repeats_them() {
        List<Boolean> first = failsByTenSeeds();
        assertThat(first).contains(true, false);
        assertThat(failsByTenSeeds()).isEqualTo(first);
    }
}
