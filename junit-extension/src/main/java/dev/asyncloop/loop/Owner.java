package dev.asyncloop.loop;

import org.jspecify.annotations.Nullable;

/**
 * Whom a task, a loop or a generator is charged to: a test, a test class, or anything else that must not leave things
 * behind.
 *
 * <p>An owner is compared by identity. A task inherits the owner of the task that creates it; a loop and a generator belong
 * to the owner of the task that creates them.
 */
public final class Owner {

    private final String name;

    private Owner(String name) {
        this.name = name;
    }

    /** A new owner; {@code name} is what messages call it. */
    public static Owner named(String name) {
        return new Owner(name);
    }

    /**
     * Whom the current thread works for: the owner of the task or callback that a loop runs on it; null where none does, or where
     * a class initialiser created the task. Any thread.
     */
    public static @Nullable Owner current() {
        EventLoop loop = EventLoop.runningOrNull();
        if (loop == null) {
            return null;
        }
        Task<?> task = loop.currentTaskOrNull();
        return task == null ? loop.currentOwner() : task.owner();
    }

    /** The name that messages use. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
