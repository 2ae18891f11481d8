package dev.asyncloop.loop;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of a loop: to wrap their bodies, to name them, to count them; see {@link EventLoop#setTaskFactory}.
 *
 * <p>Most end with {@code TaskFactory.plain().create(loop, wrapped, options)}; {@code loop.createTask} would call the
 * factory again.
 */
@FunctionalInterface
public interface TaskFactory {

    /**
     * What was asked for, beside the body.
     *
     * @param name the name of the task, null where it is to be numbered
     * @param background whether it may outlive its creator
     */
    record Options(@Nullable String name, boolean background) {

        /** The same with another name. */
        public Options named(String name) {
            return new Options(Objects.requireNonNull(name, "name"), background);
        }
    }

    /**
     * Makes and starts a task of {@code loop} that runs {@code body}. Called in {@code createTask}, whose caller gets
     * what it throws. The result of the task must be of the type of the body's.
     */
    Task<?> create(EventLoop loop, Callable<?> body, Options options);

    /** What a loop without a factory does. */
    static TaskFactory plain() {
        return (loop, body, options) -> loop.startPlain(options, body);
    }
}
