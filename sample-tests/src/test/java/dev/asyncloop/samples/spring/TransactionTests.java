package dev.asyncloop.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.test.context.transaction.AfterTransaction;
import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.transaction.annotation.Transactional;

/** Spring begins a transaction on JUnit's thread and rolls it back there; the body between is a coroutine, and sees it. */
// tag::transaction[]
@SpringJUnitConfig(Orders.Application.class)
@ExtendWith(AsyncLoopExtension.class)
@Transactional
class TransactionTests {

    @Autowired
    private Orders orders;

    @Test
    void an_order_is_seen_before_it_is_committed() {
        orders.add("apple");
        Asyncio.sleep(Duration.ofMillis(1)); // the body is suspended, and the transaction stays its own

        assertThat(TestTransaction.isActive()).isTrue();
        assertThat(orders.count()).isEqualTo(1);
    }

    @Test
    void a_task_is_outside_of_it(EventLoop loop) {
        orders.add("apple");

        assertThat(loop.createTask(orders::count).await()).isZero(); // by a connection of its own
    }

    @AfterTransaction
    void nothing_was_committed() {
        assertThat(orders.count()).isZero();
    }
}
// end::transaction[]
