package dev.asyncloop.loop.generators;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the consumer of a generator awaits. Cancelling it cancels the body, and the consumer sees how the body ends. */
final class GeneratorStep extends Promise<Boolean> {

    private final Coroutine body;

    GeneratorStep(Coroutine body) {
        super(body.core());
        this.body = body;
    }

    @Override
    public boolean cancel(@Nullable String message) {
        return !isDone() && body.cancel(message);
    }

    @Override
    protected List<Promise<?>> needs() {
        return List.of(body.outcome());
    }

    @Override
    protected String describe() {
        return "the next step of an async generator";
    }
}
