package dev.asyncloop.samples.leaks;

import dev.asyncloop.loop.EventLoop;
import java.time.Duration;

/** Calls back later, on an event loop of its own. */
final class Reminders implements AutoCloseable {

    private final EventLoop loop = EventLoop.create();

    void remind(Duration delay, Runnable reminder) {
        loop.callLater(delay, reminder);
    }

    @Override
    public void close() {
        loop.close();
    }
}
