package dev.asyncloop.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

/** A task that waits for more orders when the transaction has been rolled back. */
@SpringJUnitConfig(Orders.Application.class)
@ExtendWith(AsyncLoopExtension.class)
@Transactional
class TransactionLeak {

    @Autowired
    private Orders orders;

    private final CompletableFuture<String> next = new CompletableFuture<>();

    @Test
    void adds_an_order(EventLoop loop) {
        addNext(loop);
    }

    @Test
    void adds_an_order_and_stops(EventLoop loop) {
        addNext(loop).cancel(true);
    }

    private Task<?> addNext(EventLoop loop) {
        orders.add("apple");
        assertThat(orders.count()).isEqualTo(1);
        return loop.createTask("add next order", () -> orders.add(next.get()));
    }
}
