package dev.asyncloop.samples.bench.loop;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Two virtual threads that send each other a ball by two queues: {@link Work#OPERATIONS} switches. */
final class QueueGame {

    private final BlockingQueue<Integer> there = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> back = new LinkedBlockingQueue<>();

    /** On the first of the two, which starts the second beside itself. */
    void play() {
        Thread other = Thread.startVirtualThread(() -> pass(there, back));
        there.add(0);
        pass(back, there);
        BareThreadBenchmarks.join(other);
    }

    private static void pass(BlockingQueue<Integer> from, BlockingQueue<Integer> to) {
        try {
            for (int i = 0; i < Work.OPERATIONS / 2; i++) {
                to.add(from.take());
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
