package dev.asyncloop.leak;

import dev.asyncloop.leak.text.Folding;
import dev.asyncloop.leak.text.Hint;
import java.util.List;

/**
 * Fails a test, or a test class, for what it left behind.
 *
 * <p>The message lists each thing with where it was created, where it waits and what to do; those that differ in names
 * and numbers only, as one; what hangs below a leaked task, in a line below that; of many entries the first, and how
 * many others of each kind. For each entry there is a suppressed throwable whose stack trace is the place of creation.
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

    /** What was left behind, also what hangs below another; at least one. */
    public List<Leak> leaks() {
        return leaks;
    }

    private static String message(String owner, Folding folding) {
        int count = folding.roots().size();
        return owner + " left " + count + (count == 1 ? " thing" : " things") + " behind" + folding.text();
    }
}
