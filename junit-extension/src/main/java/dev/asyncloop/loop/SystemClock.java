package dev.asyncloop.loop;

import org.jspecify.annotations.Nullable;

/** The clock of the JVM. It belongs to nobody and knows nothing. */
final class SystemClock extends LoopClock {

    static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    void start(EventLoop loop) {
        // it runs
    }

    @Override
    long nanos() {
        return System.nanoTime();
    }

    @Override
    void await(ReadyQueue ready, long nanos) {
        ready.await(nanos);
    }

    @Override
    @Nullable
    ForeignWaits foreignWaits() {
        return null;
    }

    @Override
    @Nullable
    String note() {
        return null;
    }

    @Override
    public String toString() {
        return "system clock";
    }
}
