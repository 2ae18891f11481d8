package dev.asyncloop.assertj;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** What an event loop is and has. Any thread. */
@SuppressWarnings("exports") // who uses it has AssertJ
public class EventLoopAssert extends AbstractAssert<EventLoopAssert, EventLoop> {

    /** For soft assertions. */
    public EventLoopAssert(@Nullable EventLoop actual) {
        super(actual, EventLoopAssert.class);
    }

    /** It was closed. */
    public EventLoopAssert isClosed() {
        isNotNull();
        return actual.isClosed() ? this : unlike("to be closed, but it is open");
    }

    /** It was not closed. */
    public EventLoopAssert isOpen() {
        isNotNull();
        return actual.isClosed() ? unlike("to be open, but it is closed") : this;
    }

    /** A thread runs it now. */
    public EventLoopAssert isRunning() {
        isNotNull();
        return actual.isRunning() ? this : unlike("to be running, but no thread runs it");
    }

    /** No thread runs it now. */
    public EventLoopAssert isNotRunning() {
        isNotNull();
        return actual.isRunning() ? unlike("not to be running, but a thread runs it") : this;
    }

    /** It has no task that is not done, but the one that asks. */
    public EventLoopAssert hasNoTasks() {
        isNotNull();
        List<Task<?>> tasks = others();
        return tasks.isEmpty()
                ? this
                : unlike("to have no tasks, but it has " + tasks.size() + ":" + Stacks.lines(tasks));
    }

    /** It has tasks of just these names that are not done, in any order; the one that asks does not count. */
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
