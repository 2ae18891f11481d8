package dev.asyncloop.jupiter.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a fixture is made and closed. */
public interface FixtureRecipe<T> {

    /** Makes a value from those of what it needs, in that order. */
    T make(List<Object> needed) throws Exception;

    void close(T value) throws Exception;

    /** What is told of it where a test fails; empty where nothing is. */
    String describe(T value);

    /** How long making and closing may take; null where it is as long as a phase. */
    @Nullable
    Duration timeout();

    /** What tests fail with where it cannot be made or closed. */
    AssertionError error(String message, Throwable cause);
}
