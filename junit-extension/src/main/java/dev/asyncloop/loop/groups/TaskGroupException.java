package dev.asyncloop.loop.groups;

import java.util.List;

/**
 * What the tasks of a {@link TaskGroup} failed with: the first is the cause, the others are suppressed.
 *
 * <p>asyncio's {@code ExceptionGroup}.
 */
public final class TaskGroupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a list that can be serialized
    private final List<Throwable> failures;

    TaskGroupException(List<Throwable> failures) {
        super(
                "unhandled errors in a TaskGroup (" + failures.size() + " sub-exception"
                        + (failures.size() == 1 ? ")" : "s)"),
                failures.get(0));
        this.failures = List.copyOf(failures);
        failures.stream().skip(1).forEach(this::addSuppressed);
    }

    /** The failures of the tasks, in the order in which they failed; then that of the group's body. Any thread. */
    public List<Throwable> failures() {
        return failures;
    }
}
