package dev.asyncloop.jupiter.session;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a loop or a coroutine. One session has it at a time, first come, first served; JUnit may not know
 * that they share it. Any thread, and one thread may take what another ends.
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
