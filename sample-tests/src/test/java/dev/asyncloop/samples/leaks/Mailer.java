package dev.asyncloop.samples.leaks;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends mails one after the other, on a virtual thread. */
final class Mailer {

    // tag::mailer[]
    private final BlockingQueue<Runnable> outbox = new LinkedBlockingQueue<>();
    private final Thread sender = Thread.ofVirtual().name("mailer").start(this::sendAll);

    void send(Runnable mail) {
        outbox.add(mail);
    }

    private void sendAll() {
        try {
            while (true) {
                outbox.take().run();
            }
        } catch (InterruptedException stopped) {
            // nothing more to send
        }
    }
    // end::mailer[]

    void stop() {
        sender.interrupt();
    }
}
