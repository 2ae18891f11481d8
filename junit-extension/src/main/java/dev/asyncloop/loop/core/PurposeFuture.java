package dev.asyncloop.loop.core;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a task awaits where it waits for several things; it knows for which. */
public final class PurposeFuture extends Promise<@Nullable Void> {

    private final Supplier<String> purpose;
    private final Supplier<? extends @Nullable Collection<? extends Promise<?>>> needs;

    /**
     * Both are asked on any thread.
     *
     * @param purpose what a task is suspended in that awaits this, in words
     * @param needs what is to be done before, none where any of the loop's tasks may release it; null where anybody may
     */
    public PurposeFuture(
            LoopCore core,
            Supplier<String> purpose,
            Supplier<? extends @Nullable Collection<? extends Promise<?>>> needs) {
        super(core);
        this.purpose = purpose;
        this.needs = needs;
    }

    /** Lets whoever awaits it go on. Any thread. */
    @SuppressWarnings("NullAway") // null is what a future of Void is completed with
    public void release() {
        complete(null);
    }

    @Override
    protected @Nullable Collection<? extends Promise<?>> needs() {
        return needs.get();
    }

    @Override
    protected String describe() {
        return purpose.get();
    }
}
