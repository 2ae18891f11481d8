package dev.asyncloop.loop;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a task awaits where it waits for several things; it knows for which. */
final class PurposeFuture extends LoopFuture<@Nullable Void> {

    private final Supplier<String> purpose;
    private final Supplier<? extends @Nullable Collection<? extends LoopFuture<?>>> needs;

    /** Both are asked on any thread; {@code needs} for {@link #needs()}. */
    PurposeFuture(
            EventLoop loop,
            Supplier<String> purpose,
            Supplier<? extends @Nullable Collection<? extends LoopFuture<?>>> needs) {
        super(loop);
        this.purpose = purpose;
        this.needs = needs;
    }

    @SuppressWarnings("NullAway") // null is what a future of Void is completed with
    void release() {
        complete(null);
    }

    @Override
    @Nullable
    Collection<? extends LoopFuture<?>> needs() {
        return needs.get();
    }

    @Override
    String describe() {
        return purpose.get();
    }
}
