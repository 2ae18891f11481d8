package dev.asyncloop.samples.mocks;

import dev.asyncloop.loop.Asyncio;

/** Says what a parcel costs. */
final class Parcels {

    private final Tariff tariff;

    Parcels(Tariff tariff) {
        this.tariff = tariff;
    }

    /** In cents; waits for the post's answer. */
    int cost(int kilograms) {
        if (kilograms > Tariff.limit()) {
            throw new IllegalArgumentException(kilograms + " kg are more than the post takes");
        }
        return kilograms * Asyncio.await(tariff.perKilogram());
    }
}
