package dev.asyncloop.jupiter.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a loop or a coroutine. One session has it at a time, first come, first served, since JUnit may not
 * know that they share it. Any thread; one thread may end what another took.
 */
final class Turn {

    private final Semaphore free = new Semaphore(1, true);

    /** The phase that has the turn; null if a session has it for longer, or nobody. Any thread. */
    private final AtomicReference<@Nullable Phase> phase = new AtomicReference<>();

    /** One use of the turn, by {@code session}. */
    private static final class Phase {

        private final Session session;

        private Phase(Session session) {
            this.session = session;
        }
    }

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

    /**
     * Takes the turn while {@code action} runs, and then {@code atEnd}. It is a phase of {@code session}, whose phases
     * come one after the other. So if another one still has the turn, JUnit has given that up, on a thread of its own:
     * this one takes the turn over, and the other will not end it.
     */
    <T extends @Nullable Object> T duringPhase(Session session, Supplier<? extends T> action, Runnable atEnd) {
        Phase mine = new Phase(session);
        Phase earlier = phase.get();
        if (earlier == null || earlier.session != session || !phase.compareAndSet(earlier, mine)) {
            take();
            phase.set(mine);
        }
        try {
            return action.get();
        } finally {
            if (phase.compareAndSet(mine, null)) {
                try {
                    atEnd.run();
                } finally {
                    end();
                }
            }
        }
    }
}
