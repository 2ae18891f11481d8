package dev.asyncloop.assertj;

import dev.asyncloop.loop.Task;
import java.util.List;
import org.assertj.core.api.AbstractCompletableFutureAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions of what a task is and where it waits, in addition to AssertJ's for any future. In a task, an assertion
 * that waits, such as {@code succeedsWithin}, lets the loop run meanwhile.
 *
 * @param <T> the type of the result
 */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class TaskAssert<T> extends AbstractCompletableFutureAssert<TaskAssert<T>, T> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public TaskAssert(@Nullable Task<T> actual) {
        super(actual, TaskAssert.class);
    }

    /** Asserts that it has that name. Any thread. */
    public TaskAssert<T> hasName(String expected) {
        return task().name().equals(expected) ? this : unlike("to be named \"" + expected + "\"");
    }

    /**
     * Asserts that it is not done, and that {@code method} of {@code type} is under way in it. Any thread; off the
     * loop, the task may have gone on by the time this returns.
     */
    public TaskAssert<T> isIn(Class<?> type, String method) {
        List<StackTraceElement> stack = task().stackTrace();
        if (stack.stream().anyMatch(frame -> Stacks.isOf(frame, type, method))) {
            return this;
        }
        return unlike("to be in " + type.getSimpleName() + "." + method + ", but it is in"
                + (stack.isEmpty() ? " no code of the user's" : Stacks.lines(stack)));
    }

    /** Asserts that its cancellation was requested, and that the request was not withdrawn. Any thread. */
    public TaskAssert<T> isCancelling() {
        return task().cancelling() > 0 ? this : unlike("to be asked to end, but nobody did");
    }

    /** Asserts that no request to cancel it is open. Any thread. */
    public TaskAssert<T> isNotCancelling() {
        int requests = task().cancelling();
        return requests == 0
                ? this
                : unlike("not to be asked to end, but it was, " + requests + (requests == 1 ? " time" : " times"));
    }

    private Task<T> task() {
        isNotNull();
        return (Task<T>) actual;
    }

    private TaskAssert<T> unlike(String expectation) {
        throw failure("%nExpecting%n  %s%n%s", actual, expectation);
    }
}
