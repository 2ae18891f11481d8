package dev.asyncloop.samples.hangs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends mails, two at a time. */
final class Mailer implements AutoCloseable {

    private final ExecutorService pool =
            Executors.newFixedThreadPool(2, Thread.ofPlatform().name("mailer").factory());

    /** Comes when the slow server answers, which it never does. */
    private final CountDownLatch answer = new CountDownLatch(1);

    Future<String> send(String mail) {
        return pool.submit(() -> "sent " + mail);
    }

    Future<String> sendSlowly(String mail) {
        return pool.submit(() -> answered(mail));
    }

    private String answered(String mail) throws InterruptedException {
        answer.await();
        return "sent " + mail;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
