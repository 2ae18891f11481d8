package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.LoopOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session that fixtures can live as long as, on its loop. */
public sealed interface FixtureHome permits LifecycleSession, SharedSession {

    Account account();

    SessionLoop loop();

    /** Those that live as long as this. */
    Fixtures fixtures();

    /** With how long it may take to make one. */
    LoopOptions options();

    /** Has the loop for itself while {@code action} may run it. The calling thread. */
    <T extends @Nullable Object> T onLoop(Supplier<? extends T> action);
}
