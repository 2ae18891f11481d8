package dev.asyncloop.origin;

/**
 * Whom a task, a loop or a generator is charged to: a test, a test class, or anything else that must not leave things
 * behind.
 *
 * <p>An owner is compared by identity. A task inherits the owner of the task that creates it; a loop and a generator
 * belong to the owner of the task that creates them.
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
