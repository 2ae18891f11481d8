package dev.asyncloop.leak;

import java.util.List;

/**
 * Fails a test, or a test class, for what it left behind.
 *
 * <p>The message lists each thing with where it was created, where it waits and what to do. For each there is a suppressed
 * throwable whose stack trace is the place of creation.
 */
public final class LeakError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient List<Leak> leaks;

    LeakError(String owner, List<Leak> leaks) {
        super(message(owner, leaks));
        this.leaks = List.copyOf(leaks);
        setStackTrace(new StackTraceElement[0]); // it would show this library and JUnit only
        leaks.stream()
                .filter(leak -> !leak.created().isEmpty())
                .map(Leak::asThrowable)
                .forEach(this::addSuppressed);
    }

    /** What was left behind; at least one. */
    public List<Leak> leaks() {
        return leaks;
    }

    /** What is said about these, also where it fails nothing. */
    static String message(String owner, List<Leak> leaks) {
        StringBuilder text = new StringBuilder(owner)
                .append(" left ")
                .append(leaks.size())
                .append(leaks.size() == 1 ? " thing" : " things")
                .append(" behind");
        int number = 1;
        for (Leak leak : leaks) {
            text.append("\n  ").append(number++).append(". ").append(leak);
        }
        return text.toString();
    }
}
