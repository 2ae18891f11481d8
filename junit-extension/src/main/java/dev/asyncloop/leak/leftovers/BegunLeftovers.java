package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;

/**
 * Searches for the platform threads, executors, child processes, class loaders and delayed commands that an owner began
 * and that are still there. Leaves them as they are.
 */
public final class BegunLeftovers implements Leftovers {

    private final Owner owner;
    private final List<Leak> found;

    /** {@code found} are the leaks that were found before, so that the same client or process is not found twice. */
    public BegunLeftovers(Owner owner, List<Leak> found) {
        this.owner = owner;
        this.found = found;
    }

    /** The kinds of the leaks that this may find. */
    public static LeakKind[] kinds() {
        return Sort.kinds();
    }

    @Override
    public List<Leftover> now() {
        return ThreadOrigins.of(owner).stream()
                .flatMap(Sort::leftoversOf)
                .filter(left -> found.stream().noneMatch(left::isPartOf))
                .toList();
    }
}
