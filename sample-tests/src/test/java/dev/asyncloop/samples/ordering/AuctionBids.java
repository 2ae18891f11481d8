package dev.asyncloop.samples.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link OrderingTests} runs in several orders. */
@ExtendWith(AsyncLoopExtension.class)
class AuctionBids {

    // tag::bids[]
    @Test
    void the_higher_bid_wins(EventLoop loop) {
        Auction auction = new Auction();
        Asyncio.gather(
                        loop.createTask("ada", () -> auction.bid("ada", 10)),
                        loop.createTask("bob", () -> auction.bid("bob", 20)))
                .await();
        assertThat(auction.leader()).isEqualTo("bob");
    }
    // end::bids[]

    @Test
    void one_bid_wins(EventLoop loop) {
        Auction auction = new Auction();
        loop.createTask("ada", () -> auction.bid("ada", 10)).await();
        assertThat(auction.leader()).isEqualTo("ada");
    }
}
