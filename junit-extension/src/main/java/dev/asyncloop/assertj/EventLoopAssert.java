package dev.asyncloop.assertj;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions of the state of an event loop and of its tasks. Any thread. */
@SuppressWarnings("exports") // whoever uses it has AssertJ
public class EventLoopAssert extends AbstractAssert<EventLoopAssert, EventLoop> {

    /** An assertion about {@code actual}, for AssertJ's proxies. */
    public EventLoopAssert(@Nullable EventLoop actual) {
        super(actual, EventLoopAssert.class);
    }

    /** Asserts that it is closed. */
    public EventLoopAssert isClosed() {
        isNotNull();
        return actual.isClosed() ? this : unlike("to be closed, but it is open");
    }

    /** Asserts that it is not closed. */
    public EventLoopAssert isOpen() {
        isNotNull();
        return actual.isClosed() ? unlike("to be open, but it is closed") : this;
    }

    /** Asserts that a thread runs it now. */
    public EventLoopAssert isRunning() {
        isNotNull();
        return actual.isRunning() ? this : unlike("to be running, but no thread runs it");
    }

    /** Asserts that no thread runs it now. */
    public EventLoopAssert isNotRunning() {
        isNotNull();
        return actual.isRunning() ? unlike("not to be running, but a thread runs it") : this;
    }

    /** Asserts that all its tasks are done. Leaves out the task that calls this. */
    public EventLoopAssert hasNoTasks() {
        isNotNull();
        List<Task<?>> tasks = others();
        return tasks.isEmpty()
                ? this
                : unlike("to have no tasks, but it has " + tasks.size() + ":" + Stacks.lines(tasks));
    }

    /** Asserts that its pending tasks have exactly these names, in any order. Leaves out the task that calls this. */
    public EventLoopAssert hasOnlyTasks(String... names) {
        isNotNull();
        List<Task<?>> tasks = others();
        List<String> expected = List.of(names).stream().sorted().toList();
        return tasks.stream().map(Task::name).sorted().toList().equals(expected)
                ? this
                : unlike("to have only the tasks " + expected + ", but it has"
                        + (tasks.isEmpty() ? " none" : ":" + Stacks.lines(tasks)));
    }

    private List<Task<?>> others() {
        @Nullable Task<?> asking = currentTask();
        return actual.allTasks().stream().filter(task -> task != asking).toList();
    }

    private static @Nullable Task<?> currentTask() {
        try {
            return Asyncio.currentTask();
        } catch (IllegalStateException outsideOfALoop) {
            return null;
        }
    }

    private EventLoopAssert unlike(String expectation) {
        throw failure("%nExpecting%n  %s%n%s", actual, expectation);
    }
}
