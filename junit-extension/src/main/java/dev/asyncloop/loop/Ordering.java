package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Schedule;
import dev.asyncloop.loop.schedule.Shuffle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a loop runs what is ready in the same turn.
 *
 * <p>Its text is {@code fifo}, or {@code shuffled:} and the seed. The configuration parameter
 * {@code asyncloop.ordering} takes the same text.
 */
@SuppressWarnings("exports") // its supertypes are hidden from users
public final class Ordering extends Schedule.Source {

    private static final Ordering FIFO = new Ordering(null);

    private final @Nullable Long seed;

    private Ordering(@Nullable Long seed) {
        this.seed = seed;
    }

    /** First in, first out: asyncio's order, and the default. */
    public static Ordering fifo() {
        return FIFO;
    }

    /**
     * A random order, by which no correct program may be broken. The tasks that are ready in a turn run in any order,
     * anywhere between the callbacks. Callbacks and timers keep their own order. Everything that is ready still runs in
     * its turn. With the same {@code seed}, the same program runs in the same order again.
     */
    public static Ordering shuffled(long seed) {
        return new Ordering(seed);
    }

    /** The schedule of one loop; null if it keeps the order as it is. */
    @Override
    protected @Nullable Schedule start() {
        return seed == null ? null : new Shuffle(seed);
    }

    /** What the dump of a loop says about the order; null for the default. */
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
