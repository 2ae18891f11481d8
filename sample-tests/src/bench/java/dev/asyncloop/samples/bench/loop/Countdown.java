package dev.asyncloop.samples.bench.loop;

import java.util.function.Consumer;

/** A callback that counts its calls on a loop's thread; asks for the next, or at the last one tells that it was the last. */
final class Countdown implements Runnable {

    private final Consumer<Runnable> scheduler;
    private final Runnable whenDone;
    private int left;

    Countdown(int calls, Consumer<Runnable> scheduler, Runnable whenDone) {
        this.left = calls;
        this.scheduler = scheduler;
        this.whenDone = whenDone;
    }

    @Override
    public void run() {
        if (--left == 0) {
            whenDone.run();
        } else {
            scheduler.accept(this);
        }
    }
}
