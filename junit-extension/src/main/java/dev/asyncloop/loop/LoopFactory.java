package dev.asyncloop.loop;

/** Makes the loop of a {@link Runner}: {@code EventLoop::create}, or a method that also sets up the loop. */
@FunctionalInterface
public interface LoopFactory {

    /** A new loop, made as {@code options} say. The caller closes it. */
    EventLoop create(LoopOptions options);
}
