package dev.asyncloop.origin;

/**
 * Who is charged with a task, a loop or a generator: a test, a test class, or anything else that must not leave things
 * behind.
 *
 * <p>Owners are compared by identity. A task, a loop or a generator belongs to the owner of the task that creates it.
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

    /** The name that messages use. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
