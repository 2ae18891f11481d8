package dev.asyncloop.loop.core;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future that is released by hand, and says what the task that awaits it waits for. */
public final class PurposeFuture extends Promise<@Nullable Void> {

    private final Supplier<String> purpose;
    private final Supplier<? extends @Nullable Collection<? extends Promise<?>>> needs;

    /**
     * Creates a pending future. Any thread may ask both suppliers.
     *
     * @param purpose in words, what a task that awaits this is suspended in
     * @param needs the futures that have to end before it is released: none if any task of the loop may release it,
     *     null if anybody may
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
