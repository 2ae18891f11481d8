package dev.asyncloop.leak.verdict;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.Objects;
import java.util.stream.Stream;

/** Allows one leak, and knows whether it has occurred. Any thread. */
public final class Allowance {

    private final LeakKind kind;
    private final String match;
    private volatile boolean used;

    /**
     * Allows leaks of that kind that have {@code match} in their description, or in a line of where they were created
     * or wait.
     */
    public Allowance(LeakKind kind, String match) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.match = Objects.requireNonNull(match, "match");
    }

    /** Whether it has allowed a leak. */
    public boolean isUsed() {
        return used;
    }

    boolean allows(Leak leak) {
        boolean allowed = leak.kind() == kind && texts(leak).anyMatch(text -> text.contains(match));
        used |= allowed;
        return allowed;
    }

    private static Stream<String> texts(Leak leak) {
        return Stream.concat(
                Stream.of(leak.what()),
                Stream.concat(leak.created().stream(), leak.waiting().stream()).map(StackTraceElement::toString));
    }

    /** A text such as {@code pending-task "poll"}. */
    @Override
    public String toString() {
        return kind + " \"" + match + '"';
    }
}
