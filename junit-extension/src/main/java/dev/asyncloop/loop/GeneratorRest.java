package dev.asyncloop.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a generator waits for in {@code emit}: that somebody asks for the next value, or closes it.
 *
 * <p>A body that is cancelled while it rests stays at rest, and sees the cancellation when it is asked to go on: it never
 * runs while nobody waits for it.
 */
final class GeneratorRest extends LoopFuture<@Nullable Void> {

    private volatile @Nullable TaskCancelledException cancellation;

    GeneratorRest(EventLoop loop) {
        super(loop);
    }

    /** Lets the body go on. */
    void end() {
        TaskCancelledException noted = cancellation;
        if (noted == null) {
            complete(null);
        } else {
            completeExceptionally(noted);
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        cancellation = new TaskCancelledException(message);
        return true;
    }

    /** Any task of the loop may ask for more. */
    @Override
    List<LoopFuture<?>> needs() {
        return List.of();
    }

    @Override
    String describe() {
        return "emit";
    }
}
