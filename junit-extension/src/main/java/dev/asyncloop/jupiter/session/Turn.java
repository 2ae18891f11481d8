package dev.asyncloop.jupiter.session;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a loop or a coroutine. One session has it at a time, first come, first served, since JUnit may not
 * know that they share it. Any thread; one thread may end what another took.
 */
final class Turn {

    private final Semaphore free = new Semaphore(1, true);

    /** Waits for the turn, and takes it. */
    void take() {
        free.acquireUninterruptibly();
    }

    void end() {
        free.release();
    }

    /** Takes the turn while {@code action} runs. */
    <T extends @Nullable Object> T during(Supplier<? extends T> action) {
        take();
        try {
            return action.get();
        } finally {
            end();
        }
    }
}
