package dev.asyncloop.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a latch, in the two ways in which a body may behave that somebody wants to end. */
public final class Latches {

    private Latches() {}

    /** Returns when {@code latch} is open; fails where it is not within 20 s, or the thread is interrupted. */
    public static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("not opened within 20 s: " + latch);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while waiting for " + latch, interrupted);
        }
    }

    /** Returns when {@code latch} is open, and ignores every interruption. */
    public static void waitStubbornlyFor(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // goes on
            }
        }
    }
}
