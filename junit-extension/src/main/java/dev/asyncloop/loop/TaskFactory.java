package dev.asyncloop.loop;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of a loop, for instance to wrap their bodies, to name or to count them. See
 * {@link EventLoop#setTaskFactory}.
 *
 * <p>Most factories end with {@code TaskFactory.plain().create(loop, wrapped, options)}. {@code loop.createTask} would
 * call the factory again.
 */
@FunctionalInterface
public interface TaskFactory {

    /**
     * What the caller of {@code createTask} asked for, beside the body.
     *
     * @param name the name of the task; null for a numbered one
     * @param background whether it may outlive its creator
     */
    record Options(@Nullable String name, boolean background) {

        /** The same with another name. */
        public Options named(String name) {
            return new Options(Objects.requireNonNull(name, "name"), background);
        }
    }

    /**
     * Makes and starts a task of {@code loop} that runs {@code body}. It is called by {@code createTask}, which passes
     * on what it throws. The result of the task must be of the same type as that of the body.
     */
    Task<?> create(EventLoop loop, Callable<?> body, Options options);

    /** Makes tasks as a loop without a factory does. */
    static TaskFactory plain() {
        return (loop, body, options) -> loop.startPlain(options, body);
    }
}
