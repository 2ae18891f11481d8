package dev.asyncloop.leak;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What phases of a test failed with, causes and suppressed exceptions included: it is told already. One thread at a time. */
final class SeenFailures {

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Throwable failure) {
        seen.addAll(partsOf(failure));
    }

    /** A failure with its causes and suppressed exceptions, and theirs; some have themselves as a cause. */
    static Set<Throwable> partsOf(Throwable failure) {
        Set<Throwable> parts = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> rest = new ArrayDeque<>(List.of(failure));
        while (!rest.isEmpty()) {
            Throwable next = rest.remove();
            if (parts.add(next)) {
                if (next.getCause() != null) {
                    rest.add(next.getCause());
                }
                Collections.addAll(rest, next.getSuppressed());
            }
        }
        return parts;
    }

    boolean contain(@Nullable Throwable thrown) {
        return seen.contains(thrown);
    }
}
