package dev.asyncloop.leak.detect;

/**
 * A search for leaks of one sort, asked when an account is closed, on the thread that closes it. It decides nothing:
 * what becomes of a leak is the verdict's affair.
 */
public interface Detector {

    /** Adds to {@code closing} what the owner has left behind. */
    void find(Closing closing);
}
