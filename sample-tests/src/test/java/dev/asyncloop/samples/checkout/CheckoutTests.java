package dev.asyncloop.samples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.samples.checkout.Checkout.Order;
import dev.asyncloop.samples.checkout.Checkout.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// tag::first[]
@ExtendWith(AsyncLoopExtension.class)
class CheckoutTests {

    private final AtomicInteger charges = new AtomicInteger();
    private final Checkout checkout =
            new Checkout(order -> CompletableFuture.supplyAsync(() -> new Receipt(charges.incrementAndGet())));

    @Test
    void charges_once(EventLoop loop) { // the body is a coroutine of this test's own loop
        Order order = new Order("apple", 50);
        Task<Receipt> first = loop.createTask(() -> checkout.pay(order));
        Task<Receipt> second = loop.createTask(() -> checkout.pay(order));

        assertThat(first.await()).isEqualTo(second.await());
        assertThat(charges).hasValue(1);
    } // fails if anything started here is still alive or open
}
// end::first[]
