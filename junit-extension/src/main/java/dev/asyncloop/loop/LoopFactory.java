package dev.asyncloop.loop;

/**
 * Makes the loop of a {@link Runner}: {@code EventLoop::create}, or that and whatever else a loop should have from the
 * start.
 */
@FunctionalInterface
public interface LoopFactory {

    /** A new loop, made as {@code options} say. It belongs to the caller, who closes it. */
    EventLoop create(LoopOptions options);
}
