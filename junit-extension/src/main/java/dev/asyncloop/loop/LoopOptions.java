package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a loop is made. Immutable: each method returns a copy that differs in one point. */
public final class LoopOptions {

    private static final LoopOptions DEFAULTS =
            new LoopOptions(null, false, null, null, LoopClock.system(), Ordering.fifo());

    private final @Nullable Owner owner;
    private final boolean debug;
    private final @Nullable LoopEngine engine;
    private final @Nullable Duration timeout;
    private final LoopClock clock;
    private final Ordering ordering;

    private LoopOptions(
            @Nullable Owner owner,
            boolean debug,
            @Nullable LoopEngine engine,
            @Nullable Duration timeout,
            LoopClock clock,
            Ordering ordering) {
        this.owner = owner;
        this.debug = debug;
        this.engine = engine;
        this.timeout = timeout;
        this.clock = clock;
        this.ordering = ordering;
    }

    /** What {@link EventLoop#create()} uses. */
    public static LoopOptions defaults() {
        return DEFAULTS;
    }

    /** Makes {@code owner} the owner of the loop, and of the tasks on it that no other task creates. */
    public LoopOptions owner(Owner owner) {
        return new LoopOptions(Objects.requireNonNull(owner, "owner"), debug, engine, timeout, clock, ordering);
    }

    /** Whether the loop starts in debug mode. */
    public LoopOptions debug(boolean debug) {
        return new LoopOptions(owner, debug, engine, timeout, clock, ordering);
    }

    /**
     * How its tasks get threads. By default as those of the loop on which it is made, and outside of a loop in the best
     * way that the JVM allows.
     */
    public LoopOptions engine(LoopEngine engine) {
        return new LoopOptions(owner, debug, Objects.requireNonNull(engine, "engine"), timeout, clock, ordering);
    }

    /**
     * How long one {@link EventLoop#runUntilComplete} may take, in real time, to a quarter of a second. After that the
     * body is cancelled, and a {@link StuckLoopException} is thrown that shows every task. There is no limit by
     * default. Time in which the whole JVM stands still, as in a debugger, does not count.
     *
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public LoopOptions timeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw Misuse.timeoutNotPositive(timeout);
        }
        return new LoopOptions(owner, debug, engine, timeout, clock, ordering);
    }

    /** The clock of the loop's timers and sleeps. A {@link VirtualClock} serves one loop only. */
    public LoopOptions clock(LoopClock clock) {
        return new LoopOptions(owner, debug, engine, timeout, Objects.requireNonNull(clock, "clock"), ordering);
    }

    /** In which order the loop runs what is ready. */
    public LoopOptions ordering(Ordering ordering) {
        return new LoopOptions(owner, debug, engine, timeout, clock, Objects.requireNonNull(ordering, "ordering"));
    }

    @Nullable
    Owner owner() {
        return owner;
    }

    /** The engine; if none was chosen, that of {@code creator}, on which the loop is made, or else the default. */
    LoopEngine engine(@Nullable LoopCore creator) {
        if (engine != null) {
            return LoopEngine.chosen(engine);
        }
        return creator == null ? LoopEngine.byDefault() : LoopEngine.of(creator);
    }

    boolean debug() {
        return debug;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    LoopClock clock() {
        return clock;
    }

    Ordering ordering() {
        return ordering;
    }
}
