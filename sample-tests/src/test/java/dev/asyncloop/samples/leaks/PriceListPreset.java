package dev.asyncloop.samples.leaks;

import dev.asyncloop.leak.LeakPreset;
import java.util.List;

/** Says that the thread of the price list belongs to no test. */
// tag::preset[]
public final class PriceListPreset implements LeakPreset {

    @Override
    public List<Singleton> singletons() {
        return List.of(Singleton.threads("dev.asyncloop.samples.leaks.PriceList", "price-list-\\d+"));
    }
}
// end::preset[]
