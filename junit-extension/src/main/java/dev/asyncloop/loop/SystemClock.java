package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Outside;
import dev.asyncloop.loop.core.ReadyQueue;
import org.jspecify.annotations.Nullable;

/** The clock of the JVM. It has no state, and serves all loops. */
final class SystemClock extends LoopClock {

    static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    protected void start(LoopCore core) {
        // it runs already
    }

    @Override
    protected long nanos() {
        return System.nanoTime();
    }

    @Override
    protected void await(ReadyQueue ready, long nanos) {
        ready.await(nanos);
    }

    @Override
    protected @Nullable Outside outside() {
        return null;
    }

    @Override
    protected @Nullable String note() {
        return null;
    }

    @Override
    public String toString() {
        return "system clock";
    }
}
