package dev.asyncloop.loop;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a loop is made. Immutable; each method returns a copy that differs in one point. */
public final class LoopOptions {

    private static final LoopOptions DEFAULTS = new LoopOptions(null, false, null, null);

    private final @Nullable Owner owner;
    private final boolean debug;
    private final @Nullable LoopEngine engine;
    private final @Nullable Duration limit;

    private LoopOptions(@Nullable Owner owner, boolean debug, @Nullable LoopEngine engine, @Nullable Duration limit) {
        this.owner = owner;
        this.debug = debug;
        this.engine = engine;
        this.limit = limit;
    }

    /** What {@link EventLoop#create()} uses. */
    public static LoopOptions defaults() {
        return DEFAULTS;
    }

    /** Charges the loop to {@code owner}, and with it the tasks that no other task creates. */
    public LoopOptions owner(Owner owner) {
        return new LoopOptions(Objects.requireNonNull(owner, "owner"), debug, engine, limit);
    }

    /** Whether the loop starts in debug mode. */
    public LoopOptions debug(boolean debug) {
        return new LoopOptions(owner, debug, engine, limit);
    }

    /** How its tasks get threads. Without it, as well as the JVM allows. */
    public LoopOptions engine(LoopEngine engine) {
        return new LoopOptions(owner, debug, Objects.requireNonNull(engine, "engine"), limit);
    }

    /**
     * How long one {@link EventLoop#runUntilComplete} may take, in real time, to a quarter of a second; without it, as long as it likes.
     * Then the body is cancelled, and a {@link StuckLoopException} thrown that shows every task. Time in which the whole JVM stands still,
     * as in a debugger, does not count.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public LoopOptions limit(Duration limit) {
        if (!limit.isPositive()) {
            throw Misuse.limitNotPositive(limit);
        }
        return new LoopOptions(owner, debug, engine, limit);
    }

    @Nullable
    Owner owner() {
        return owner;
    }

    LoopEngine engine() {
        return engine == null ? LoopEngine.byDefault() : engine;
    }

    boolean debug() {
        return debug;
    }

    @Nullable
    Duration limit() {
        return limit;
    }
}
