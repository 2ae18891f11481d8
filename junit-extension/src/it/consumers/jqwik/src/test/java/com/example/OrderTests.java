package com.example;

import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.Asyncio;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OrderTests {

    @Property
    void any_order_is_shipped(@ForAll @IntRange(min = 1, max = 9) int pieces) {
        Leaks.verifyNone("any order", () -> Asyncio.sleep(Duration.ofMillis(pieces)));
    }
}
