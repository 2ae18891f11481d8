package dev.asyncloop.samples.assertions;

import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThatLeaksOf;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Without the extension: what runs no loop of its own. */
class MailboxLeakTests {

    // tag::leaks[]
    @Test
    void a_reader_that_is_not_cancelled_is_left_behind() {
        BlockingQueue<String> mailbox = new LinkedBlockingQueue<>();
        assertThatLeaksOf(() -> {
                    EventLoop.running().createTask("reader", mailbox::take);
                    Asyncio.sleep(Duration.ZERO);
                })
                .haveExactlyTheKinds(LeakKind.PENDING_TASK)
                .singleElement()
                .isDescribedBy("\"reader\"");
    }
    // end::leaks[]
}
