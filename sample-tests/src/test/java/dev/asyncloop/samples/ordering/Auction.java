package dev.asyncloop.samples.ordering;

/** Who bids most gets it; of equal bids the first counts. */
final class Auction {

    private String leader = "nobody";
    private int highest;

    // tag::bid[]
    void bid(String bidder, int amount) {
        int before = highest;
        Thread.yield(); // a real one would write to its data base, and suspend there
        if (amount > before) {
            highest = amount;
            leader = bidder;
        }
    }
    // end::bid[]

    String leader() {
        return leader;
    }
}
