package dev.asyncloop.samples.leaks;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A virtual thread that the code under test starts by itself is found like a task. */
@ExtendWith(AsyncLoopExtension.class)
class VirtualThreadLeak {

    private final Mailer mailer = new Mailer();
    private final CountDownLatch sent = new CountDownLatch(1);

    @Test
    void sends_a_mail() throws Exception {
        mailer.send(sent::countDown);
        sent.await();
    }

    @Test
    void sends_a_mail_and_stops() throws Exception {
        mailer.send(sent::countDown);
        sent.await();
        mailer.stop();
    }
}
