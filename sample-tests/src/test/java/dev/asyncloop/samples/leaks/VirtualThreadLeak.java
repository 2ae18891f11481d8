package dev.asyncloop.samples.leaks;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A virtual thread that the code under test starts by itself is found like a task. */
// tag::extension[]
@ExtendWith(AsyncLoopExtension.class)
class VirtualThreadLeak {
    // end::extension[]

    private final Mailer mailer = new Mailer();
    private final CountDownLatch sent = new CountDownLatch(1);

    // tag::leak[]
    @Test
    void sends_a_mail() throws Exception {
        mailer.send(sent::countDown);
        sent.await();
    }
    // end::leak[]

    // tag::fixed[]
    @Test
    void sends_a_mail_and_stops() throws Exception {
        mailer.send(sent::countDown);
        sent.await();
        mailer.stop();
    }
    // end::fixed[]
}
