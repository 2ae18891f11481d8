package dev.asyncloop.loop.generators;

import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a generator awaits in {@code emit}, until somebody asks for the next value or closes the generator.
 *
 * <p>A body that is cancelled while it rests stays at rest. It sees the cancellation when it is asked to go on: a body
 * never runs while nobody waits for it.
 */
final class GeneratorRest extends Promise<@Nullable Void> {

    private volatile @Nullable CancelledException cancellation;

    GeneratorRest(LoopCore core) {
        super(core);
    }

    /** Lets the body go on. */
    void end() {
        CancelledException noted = cancellation;
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
        cancellation = new CancelledException(message);
        return true;
    }

    /** Any task of the loop may ask for more. */
    @Override
    protected List<Promise<?>> needs() {
        return List.of();
    }

    @Override
    protected String describe() {
        return "emit";
    }
}
