package dev.asyncloop.leak.detect;

/** A way to let time pass while something may still end. */
@FunctionalInterface
public interface Pause {

    /** Lets {@code millis} milliseconds of real time pass. */
    void pause(long millis) throws InterruptedException;
}
