package dev.asyncloop.leak;

import dev.asyncloop.origin.Owner;
import java.util.List;

/**
 * Looks for what this library does not know, such as containers that are left running. One on the class path is found
 * by {@link java.util.ServiceLoader}. Any thread, several at once.
 */
public interface LeakDetector {

    /** The account of {@code owner} is opened, before anything of it runs. */
    Search begin(Owner owner);

    /** What is asked when that account is closed. */
    @FunctionalInterface
    interface Search {

        /** What the owner has left behind, after all of its tear-down; of kind {@link LeakKind#OTHER}. */
        List<Leak> end();
    }
}
