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

/** The fixtures that belong to one session. Any thread may make them, one at a time. */
public final class Fixtures {

    private final FixtureHome home;

    /** The fixtures that are made. */
    private final Map<FixtureRecipe<?>, MadeFixture<?>> made = new ConcurrentHashMap<>();

    /**
     * Guards the making and closing. It is no monitor: if a thread held one while it carries virtual threads, the JVM
     * would take it for theirs.
     */
    private final Lock making = new ReentrantLock();

    /** The fixtures to close, the last one first. Under the lock {@code making}. */
    private final Deque<MadeFixture<?>> toClose = new ArrayDeque<>();

    /** The fixtures that could not be made, which is not tried again. Under the lock {@code making}. */
    private final Map<FixtureRecipe<?>, AssertionError> failed = new HashMap<>();

    Fixtures(FixtureHome home) {
        this.home = home;
    }

    /** The fixture of that recipe, if it is made. Any thread; waits for nothing. */
    public Optional<MadeFixture<?>> of(FixtureRecipe<?> fixture) {
        return Optional.ofNullable(made.get(fixture));
    }

    /** Makes the fixture of that recipe from the values that it needs, unless it is made already. */
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

    /** Closes all, the last one first, and returns what failed. */
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
