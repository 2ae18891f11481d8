package dev.asyncloop.loop;

import java.util.List;

/**
 * The failures of a {@link TaskGroup}. The first one is the cause, the others are suppressed exceptions.
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

    /** The failures of the tasks, in the order in which they failed, and last that of the group's body. Any thread. */
    public List<Throwable> failures() {
        return failures;
    }
}
