package dev.asyncloop.leak;

import dev.asyncloop.leak.text.Folding;
import dev.asyncloop.leak.text.Hint;
import java.util.List;

/**
 * Fails a test or a test class for what it left behind.
 *
 * <p>The message has an entry for each leak: what it is, where it was created, where it waits, who holds it and what to
 * do. Leaks that differ only in names and numbers share one entry. What hangs below a leaked task is told in lines
 * below its entry, and so is what else one call made, such as the threads of a server that was not stopped. A long
 * message shows the first entries, and counts the others by kind. Each entry has a suppressed throwable whose stack
 * trace is the place of creation.
 */
public final class LeakError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient List<Leak> leaks;

    LeakError(String owner, List<Leak> leaks) {
        this(owner, leaks, new Folding(leaks));
    }

    private LeakError(String owner, List<Leak> leaks, Folding folding) {
        super(message(owner, folding) + Hint.lines(leaks));
        this.leaks = List.copyOf(leaks);
        setStackTrace(new StackTraceElement[0]); // it would show this library and JUnit only
        folding.told().stream()
                .filter(leak -> !leak.created().isEmpty() || leak.cause() != null)
                .map(Leak::asNote)
                .forEach(this::addSuppressed);
    }

    /** All leaks, also those that hang below another; at least one. */
    public List<Leak> leaks() {
        return leaks;
    }

    private static String message(String owner, Folding folding) {
        int count = folding.things();
        return owner + " left " + count + (count == 1 ? " thing" : " things") + " behind" + folding.text();
    }
}
