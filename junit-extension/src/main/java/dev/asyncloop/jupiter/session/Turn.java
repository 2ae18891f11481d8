package dev.asyncloop.jupiter.session;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a loop or a coroutine, which one has at a time, first come first served, also where JUnit was not told so. Any
 * thread; one may take what another ends.
 */
final class Turn {

    private final Semaphore free = new Semaphore(1, true);

    /** Waits for it. */
    void take() {
        free.acquireUninterruptibly();
    }

    void end() {
        free.release();
    }

    /** Has it while {@code action} runs. */
    <T extends @Nullable Object> T during(Supplier<? extends T> action) {
        take();
        try {
            return action.get();
        } finally {
            end();
        }
    }
}
