package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.subject.Subject;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The failures of an owner's phases, with their causes and suppressed exceptions. The user sees them anyway. One thread
 * at a time.
 */
public final class SeenFailures {

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    public void add(Throwable failure) {
        seen.addAll(partsOf(failure));
    }

    /** A failure with its causes and suppressed exceptions, and theirs. A throwable may be among its own causes. */
    public static Set<Throwable> partsOf(Throwable failure) {
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

    /** The class of a throwable, and the first line of its message, since messages of assertions have many. */
    static Subject.Thrown said(Throwable thrown) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            return new Subject.Thrown(
                    type,
                    (message == null ? "" : message)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .map(String::strip)
                            .orElse(""));
        } catch (RuntimeException broken) { // the user's own getMessage
            return new Subject.Thrown(type, "");
        }
    }

    boolean contain(@Nullable Throwable thrown) {
        return seen.contains(thrown);
    }
}
