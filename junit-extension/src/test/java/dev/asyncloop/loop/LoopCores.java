package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.watch.DrivenWatchdog;

/** The cores of loops, for tests of what is below the facade. */
public final class LoopCores {

    private LoopCores() {}

    /** A loop, to be closed, and its core. */
    public record OfLoop(EventLoop loop, LoopCore core) implements AutoCloseable {
        @Override
        public void close() {
            loop.close();
        }
    }

    public static OfLoop create() {
        return create(LoopOptions.defaults());
    }

    public static OfLoop create(LoopOptions options) {
        return both(EventLoop.create(options));
    }

    /** The same, looked after by {@code watchdog}. */
    public static OfLoop create(LoopOptions options, DrivenWatchdog watchdog) {
        return both(EventLoop.create(options, watchdog.watchdog()));
    }

    private static OfLoop both(EventLoop loop) {
        return new OfLoop(loop, loop.core());
    }

    /** The task of {@code loop} on that virtual thread, which may not have run yet. */
    static Task<?> taskOn(EventLoop loop, Thread thread) {
        return loop.core().coroutines().stream()
                .filter(coroutine -> coroutine.thread() == thread)
                .<Task<?>>map(Task::of)
                .findFirst()
                .orElseThrow();
    }

    public static LoopCore of(EventLoop loop) {
        return loop.core();
    }
}
