package dev.asyncloop.samples.mocks;

import java.util.concurrent.CompletionStage;

/** What the post asks for. */
class Tariff {

    /** Cents for a kilogram, today. */
    CompletionStage<Integer> perKilogram() {
        throw new UnsupportedOperationException("asks the post");
    }

    static int limit() {
        return 30;
    }
}
