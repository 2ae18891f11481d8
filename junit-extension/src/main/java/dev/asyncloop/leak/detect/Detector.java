package dev.asyncloop.leak.detect;

/**
 * Finds leaks of one sort. It is asked when an account is closed, on the thread that closes it. It decides nothing:
 * what becomes of a leak is for the verdict to say.
 */
public interface Detector {

    /** Adds what the owner has left behind to {@code closing}. */
    void find(Closing closing);
}
