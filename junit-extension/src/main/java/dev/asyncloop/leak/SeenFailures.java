package dev.asyncloop.leak;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What phases of a test failed with, causes and suppressed exceptions included: it is told already. One thread at a time. */
final class SeenFailures {

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(@Nullable Throwable failure) {
        if (failure != null && seen.add(failure)) { // some have themselves as a cause
            add(failure.getCause());
            for (Throwable suppressed : failure.getSuppressed()) {
                add(suppressed);
            }
        }
    }

    boolean contain(@Nullable Throwable thrown) {
        return seen.contains(thrown);
    }
}
