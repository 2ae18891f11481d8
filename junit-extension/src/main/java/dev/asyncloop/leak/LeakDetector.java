package dev.asyncloop.leak;

import dev.asyncloop.origin.Owner;
import java.util.List;

/**
 * Looks for leaks that this library does not know, such as containers that are left running. A detector on the class
 * path is found by {@link java.util.ServiceLoader}. Any thread calls it, several at once.
 *
 * <p>A detector that notes who creates things asks {@link Leaks#currentOwner} on the thread that creates one.
 */
public interface LeakDetector {

    /** Begins a search, before anything of {@code owner} runs. */
    Search begin(Owner owner);

    /** The search for what one owner leaves behind. */
    @FunctionalInterface
    interface Search {

        /** Ends the search, after all tear-down of the owner: returns what it left, as {@link LeakKind#OTHER}. */
        List<Leak> end();
    }
}
