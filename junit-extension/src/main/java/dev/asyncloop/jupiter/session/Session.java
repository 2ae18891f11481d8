package dev.asyncloop.jupiter.session;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.leak.LeakError;
import org.jspecify.annotations.Nullable;

/**
 * What a test, a dynamic test or a class has while it lasts, or what several classes share: an account of what it
 * leaves behind, and a loop, its own or another's.
 *
 * <p>JUnit's store closes a session after all tear-down. Used by the thread on which JUnit runs the test.
 */
public sealed interface Session extends AutoCloseable permits LifecycleSession, DynamicTestSession, SharedSession {

    Account account();

    /** The loop on which its phases run. */
    SessionLoop loop();

    default String name() {
        return account().owner().name();
    }

    /** Closes what belongs to the session, then its account. Returns what is to be thrown, or null. */
    @Nullable
    Throwable settle();

    /** Ends the turn of this session, so that the next one may begin. */
    default void leave() {}

    /**
     * Closes the session. Throws a {@link LeakError} if something was left behind. What was left on the loop is cleaned
     * up.
     */
    @Override
    default void close() {
        boolean interrupted = Thread.interrupted(); // otherwise it would cut the clean-up short
        try {
            @Nullable Throwable failure = settle();
            if (failure != null) {
                throw Sneaky.rethrow(failure);
            }
        } finally {
            leave();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
