package dev.asyncloop.jupiter;

/** Says that a {@link LoopFixture} could not be made, or failed when it was closed. The cause is what it threw. */
public final class FixtureError extends AssertionError {

    private static final long serialVersionUID = 1;

    FixtureError(String message, Throwable cause) {
        super(message, cause);
    }
}
