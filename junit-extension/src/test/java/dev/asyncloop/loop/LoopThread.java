package dev.asyncloop.loop;

/** A loop that runs on a thread of its own until it is closed. */
final class LoopThread implements AutoCloseable {

    private final EventLoop loop = EventLoop.create();
    private final Thread thread = Thread.ofPlatform().daemon().start(loop::runForever);

    EventLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.callSoonThreadsafe(loop::stop);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while the loop was to stop", interrupted);
        }
        loop.close();
    }
}
