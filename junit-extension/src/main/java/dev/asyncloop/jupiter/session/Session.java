package dev.asyncloop.jupiter.session;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.leak.LeakError;
import org.jspecify.annotations.Nullable;

/**
 * What a test, a dynamic test, a class, or what classes share has while it lasts: an account of what it leaves behind,
 * and a loop of its own or another's.
 *
 * <p>JUnit's store closes it, after all tear-down. The thread that JUnit runs the test on.
 */
public sealed interface Session extends AutoCloseable permits LifecycleSession, DynamicTestSession, SharedSession {

    Account account();

    /** The loop that it runs on. */
    SessionLoop loop();

    default String name() {
        return account().owner().name();
    }

    /** Closes what belongs to it, and then the account, and returns what is to be thrown. */
    @Nullable
    Throwable settle();

    /** Lets the next one have its turn, if somebody waits for it. */
    default void leave() {}

    /** Throws a {@link LeakError} if something was left behind; nothing of it is there afterwards. */
    @Override
    default void close() {
        boolean interrupted = Thread.interrupted(); // or it would cut the clean-up short
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
