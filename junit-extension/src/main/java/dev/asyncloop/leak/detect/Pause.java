package dev.asyncloop.leak.detect;

/** How to let time pass while something may still end. */
@FunctionalInterface
public interface Pause {

    /** Lets so much real time pass. */
    void pause(long millis) throws InterruptedException;
}
