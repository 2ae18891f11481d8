package dev.asyncloop.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a loop is made. Immutable; each method returns a copy that differs in one point. */
public final class LoopOptions {

    private static final LoopOptions DEFAULTS = new LoopOptions(null, false, null);

    private final @Nullable Owner owner;
    private final boolean debug;
    private final @Nullable LoopEngine engine;

    private LoopOptions(@Nullable Owner owner, boolean debug, @Nullable LoopEngine engine) {
        this.owner = owner;
        this.debug = debug;
        this.engine = engine;
    }

    /** What {@link EventLoop#create()} uses. */
    public static LoopOptions defaults() {
        return DEFAULTS;
    }

    /** Charges the loop to {@code owner}, and with it the tasks that no other task creates. */
    public LoopOptions owner(Owner owner) {
        return new LoopOptions(Objects.requireNonNull(owner, "owner"), debug, engine);
    }

    /** Whether the loop starts in debug mode. */
    public LoopOptions debug(boolean debug) {
        return new LoopOptions(owner, debug, engine);
    }

    /** How its tasks get threads. Without it, as well as the JVM allows. */
    public LoopOptions engine(LoopEngine engine) {
        return new LoopOptions(owner, debug, Objects.requireNonNull(engine, "engine"));
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
}
