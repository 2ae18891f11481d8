package dev.asyncloop.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the consumer of a generator waits for. Cancelling it cancels the body, whose outcome the consumer then sees. */
final class GeneratorStep extends LoopFuture<Boolean> {

    private final Task<?> body;

    GeneratorStep(Task<?> body) {
        super(body.loop());
        this.body = body;
    }

    @Override
    public boolean cancel(@Nullable String message) {
        return !isDone() && body.cancel(message);
    }

    @Override
    List<Task<?>> needs() {
        return List.of(body);
    }

    @Override
    String describe() {
        return "the next step of an async generator";
    }
}
