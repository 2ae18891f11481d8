package dev.asyncloop.origin;

import org.jspecify.annotations.Nullable;

/**
 * Who is charged with a task, a loop or a generator: a test, a test class, or anything else that must not leave things
 * behind.
 *
 * <p>Owners are compared by identity. A task, a loop or a generator belongs to the owner of the task that creates it.
 */
public final class Owner {

    private final String name;
    private final @Nullable Class<?> type;

    private Owner(String name, @Nullable Class<?> type) {
        this.name = name;
        this.type = type;
    }

    /** A new owner; {@code name} is what messages call it. */
    public static Owner named(String name) {
        return new Owner(name, null);
    }

    /** A new owner whose code is that of the class {@code type}; {@code name} is what messages call it. */
    public static Owner of(String name, Class<?> type) {
        return new Owner(name, type);
    }

    /** The name that messages use. */
    public String name() {
        return name;
    }

    /** The class of the test, or the test class itself; null for an owner that has none. */
    public @Nullable Class<?> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
