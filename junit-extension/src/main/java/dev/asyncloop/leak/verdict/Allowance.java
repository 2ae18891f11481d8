package dev.asyncloop.leak.verdict;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.Objects;
import java.util.stream.Stream;

/** Lets one leak pass, and knows whether it ever did. Any thread. */
public final class Allowance {

    private final LeakKind kind;
    private final String match;
    private volatile boolean used;

    /**
     * For leaks of that kind which have {@code match} in what they are, or in a line of where they were created or
     * wait.
     */
    public Allowance(LeakKind kind, String match) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.match = Objects.requireNonNull(match, "match");
    }

    /** Whether it has let a leak pass. */
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

    /** Such as {@code pending-task "poll"}. */
    @Override
    public String toString() {
        return kind + " \"" + match + '"';
    }
}
