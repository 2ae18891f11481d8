package dev.asyncloop.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do, where that thread has nothing to tell it by. */
public final class Eventually {

    private static final long LIMIT_NANOS = 20_000_000_000L;

    private Eventually() {}

    /** Returns when {@code condition} holds; fails where it does not within 20 s. Not for a task: it holds the thread. */
    public static void eventually(String condition, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new AssertionError("not within 20 s: " + condition);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
