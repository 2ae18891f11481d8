package dev.asyncloop.jupiter.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The fixtures that live as long as a test, a class, a package's loop or the run. Any thread makes them, one at a time.
 */
public final class Fixtures {

    private final FixtureHome home;

    /** Those that are there. */
    private final Map<FixtureRecipe<?>, MadeFixture<?>> made = new ConcurrentHashMap<>();

    /** No monitor: the JVM would take one that a thread holds while it carries virtual threads for theirs. */
    private final Lock making = new ReentrantLock();

    /** The last first. Guarded by that lock. */
    private final Deque<MadeFixture<?>> toClose = new ArrayDeque<>();

    /** Those that could not be made: it is not tried again. Guarded by that lock. */
    private final Map<FixtureRecipe<?>, AssertionError> failed = new HashMap<>();

    Fixtures(FixtureHome home) {
        this.home = home;
    }

    /** That of {@code fixture}, if it is there. Any thread; nothing is waited for. */
    public Optional<MadeFixture<?>> of(FixtureRecipe<?> fixture) {
        return Optional.ofNullable(made.get(fixture));
    }

    /** Makes that of {@code fixture} unless it is there, from the values that it needs. */
    public <T> void ensureMade(FixtureRecipe<T> fixture, String name, List<Object> needed) {
        making.lock();
        try {
            if (!made.containsKey(fixture)) {
                make(fixture, name, needed);
            }
        } finally {
            making.unlock();
        }
    }

    private <T> void make(FixtureRecipe<T> fixture, String name, List<Object> needed) {
        AssertionError earlier = failed.get(fixture);
        if (earlier != null) {
            throw fixture.error(String.valueOf(earlier.getMessage()), earlier);
        }
        MadeFixture<T> making = new MadeFixture<>(fixture, name, home);
        try {
            making.make(needed);
        } catch (AssertionError failure) {
            failed.put(fixture, failure);
            throw failure;
        }
        made.put(fixture, making);
        toClose.push(making);
    }

    /** Closes them, the last first, and returns what went wrong. */
    @Nullable
    Throwable close() {
        @Nullable Throwable failure = null;
        making.lock();
        try {
            while (!toClose.isEmpty()) {
                failure = Failures.with(failure, toClose.pop().close());
            }
            made.clear();
        } finally {
            making.unlock();
        }
        return failure;
    }
}
