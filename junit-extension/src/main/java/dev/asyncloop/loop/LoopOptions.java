package dev.asyncloop.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a loop is made. Immutable; each method returns a copy that differs in one point. */
public final class LoopOptions {

    private static final LoopOptions DEFAULTS = new LoopOptions(null, false);

    private final @Nullable Owner owner;
    private final boolean debug;

    private LoopOptions(@Nullable Owner owner, boolean debug) {
        this.owner = owner;
        this.debug = debug;
    }

    /** What {@link EventLoop#create()} uses. */
    public static LoopOptions defaults() {
        return DEFAULTS;
    }

    /** Charges the loop to {@code owner}, and with it the tasks that no other task creates. */
    public LoopOptions owner(Owner owner) {
        return new LoopOptions(Objects.requireNonNull(owner, "owner"), debug);
    }

    /** Whether the loop starts in debug mode. */
    public LoopOptions debug(boolean debug) {
        return new LoopOptions(owner, debug);
    }

    @Nullable
    Owner owner() {
        return owner;
    }

    boolean debug() {
        return debug;
    }
}
