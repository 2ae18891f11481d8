package dev.asyncloop.jupiter.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a fixture is made, described and closed. */
public interface FixtureRecipe<T> {

    /** Makes a value from the values that it needs, in the order in which they were named. */
    T make(List<Object> needed) throws Exception;

    void close(T value) throws Exception;

    /** The description for the failure of a test; empty if there is none. */
    String describe(T value);

    /** How long making and closing may take, each; null if as long as a phase. */
    @Nullable
    Duration timeout();

    /** The error for tests if the value cannot be made or closed. */
    AssertionError error(String message, Throwable cause);
}
