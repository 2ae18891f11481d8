package dev.asyncloop.loop;

/** A body without a result that may throw anything. */
@FunctionalInterface
public interface ThrowingRunnable {

    /**
     * Runs the body.
     *
     * @throws Exception whatever the body throws
     */
    void run() throws Exception;
}
