package dev.asyncloop.jupiter;

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

/** The fixtures that live as long as a test, a class, a package's loop or the run. Any thread makes them, one at a time. */
final class Fixtures {

    private final FixtureHome home;

    /** Those that are there. */
    private final Map<LoopFixture<?>, MadeFixture<?>> made = new ConcurrentHashMap<>();

    /** No monitor: the JVM would take one that a thread holds while it carries virtual threads for theirs. */
    private final Lock making = new ReentrantLock();

    /** The last first. Guarded by that lock. */
    private final Deque<MadeFixture<?>> toClose = new ArrayDeque<>();

    /** Those that could not be made: it is not tried again. Guarded by that lock. */
    private final Map<LoopFixture<?>, FixtureError> failed = new HashMap<>();

    Fixtures(FixtureHome home) {
        this.home = home;
    }

    /** That of {@code fixture}, if it is there. Any thread; nothing is waited for. */
    Optional<MadeFixture<?>> of(LoopFixture<?> fixture) {
        return Optional.ofNullable(made.get(fixture));
    }

    /** Makes that of {@code fixture} unless it is there, from the values that it needs. */
    <T> void ensureMade(LoopFixture<T> fixture, String name, List<Object> needed) {
        making.lock();
        try {
            if (!made.containsKey(fixture)) {
                make(fixture, name, needed);
            }
        } finally {
            making.unlock();
        }
    }

    private <T> void make(LoopFixture<T> fixture, String name, List<Object> needed) {
        FixtureError earlier = failed.get(fixture);
        if (earlier != null) {
            throw new FixtureError(String.valueOf(earlier.getMessage()), earlier);
        }
        MadeFixture<T> making = new MadeFixture<>(fixture, name, home);
        try {
            making.make(needed);
        } catch (FixtureError failure) {
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
