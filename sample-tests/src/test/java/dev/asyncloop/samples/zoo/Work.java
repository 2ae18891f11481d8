package dev.asyncloop.samples.zoo;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A job that goes on until it is ended, whoever interrupts it. Where it waits, a {@code ForkJoinPool} starts another worker. */
final class Work implements Runnable, Callable<String>, AutoCloseable {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<Void> enough = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);

    interface Giver {

        void give(Work work) throws Exception;
    }

    /** Lets {@code giver} give a job to somebody, who begins it. */
    static Work given(Giver giver) throws Exception {
        Work work = new Work();
        giver.give(work);
        work.begun();
        return work;
    }

    @Override
    public void run() {
        begun.countDown();
        enough.join();
        over.countDown();
    }

    @Override
    public String call() {
        run();
        return "done";
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Waits until it has begun. */
    String begun() throws InterruptedException {
        begun.await();
        return "begun";
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        enough.complete(null);
        Uninterruptibles.awaitUninterruptibly(over);
    }
}
