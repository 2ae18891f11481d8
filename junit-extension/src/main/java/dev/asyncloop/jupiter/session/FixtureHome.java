package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.LoopOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session that fixtures belong to. They live as long as the session, on its loop. */
public sealed interface FixtureHome permits LifecycleSession, SharedSession {

    Account account();

    SessionLoop loop();

    /** The fixtures that belong to this. */
    Fixtures fixtures();

    /** The options for making and closing a fixture, which have the time limit. */
    LoopOptions options();

    /** Runs {@code action}, which may run the loop, while nobody else uses the loop. On the calling thread. */
    <T extends @Nullable Object> T onLoop(Supplier<? extends T> action);
}
