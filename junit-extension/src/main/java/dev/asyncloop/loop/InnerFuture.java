package dev.asyncloop.loop;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future that the loop completes by itself once others are done, and that nobody else can: where those are stuck, so is it. */
final class InnerFuture<T extends @Nullable Object> extends LoopFuture<T> {

    private final String description;
    private final Supplier<? extends Collection<? extends LoopFuture<?>>> needs;

    /**
     * What {@code needs} returns, on any thread, is what is to be done before; nothing, where any of the loop's tasks may complete it.
     *
     * @param description what a task is suspended in that awaits this
     */
    InnerFuture(EventLoop loop, String description, Supplier<? extends Collection<? extends LoopFuture<?>>> needs) {
        super(loop);
        this.description = description;
        this.needs = needs;
    }

    @Override
    Collection<? extends LoopFuture<?>> needs() {
        return needs.get();
    }

    @Override
    String describe() {
        return description;
    }
}
