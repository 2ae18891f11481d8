package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Schedule;
import dev.asyncloop.loop.schedule.Shuffle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * In which order a loop runs what is ready in the same turn.
 *
 * <p>Its text, {@code fifo} or {@code shuffled:} and the seed, is what the configuration parameter
 * {@code asyncloop.ordering} takes.
 */
@SuppressWarnings("exports") // its supertypes are hidden from users
public final class Ordering extends Schedule.Source {

    private static final Ordering FIFO = new Ordering(null);

    private final @Nullable Long seed;

    private Ordering(@Nullable Long seed) {
        this.seed = seed;
    }

    /** In the order in which it became ready: asyncio's, and the default. */
    public static Ordering fifo() {
        return FIFO;
    }

    /**
     * In another order that no program may rely not to meet: the tasks that are ready in a turn run in any order among
     * themselves and between the callbacks. Callbacks, timers among them, stay in their order, and everything that is
     * ready runs in its turn. The same program has the same order again with the same {@code seed}.
     */
    public static Ordering shuffled(long seed) {
        return new Ordering(seed);
    }

    /** For one loop; null where nothing is to be done. */
    @Override
    protected @Nullable Schedule start() {
        return seed == null ? null : new Shuffle(seed);
    }

    /** What the dump of a loop says about it; null where it goes without saying. */
    @Override
    protected @Nullable String note() {
        return seed == null ? null : "tasks run in the order " + this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ordering ordering && Objects.equals(seed, ordering.seed);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(seed);
    }

    @Override
    public String toString() {
        return seed == null ? "fifo" : "shuffled:" + seed;
    }
}
