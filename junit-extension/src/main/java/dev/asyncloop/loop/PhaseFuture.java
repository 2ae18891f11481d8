package dev.asyncloop.loop;

import org.jspecify.annotations.Nullable;

/** One phase of a {@link MainTask}, and the future of its result. Cancelling it cancels the main task at its next await. */
final class PhaseFuture<T extends @Nullable Object> extends LoopFuture<T> {

    private final Task<?> task;
    private final MainTask.Phase<? extends T> body;

    PhaseFuture(Task<?> task, MainTask.Phase<? extends T> body) {
        super(task.loop());
        this.task = task;
        this.body = body;
    }

    /** In the main task. */
    void perform() {
        try {
            T result = body.run();
            if (task.takeCancellation()) {
                super.cancel(task.cancelMessage());
            } else {
                complete(result);
            }
        } catch (Throwable thrown) {
            completeExceptionally(thrown);
        } finally {
            task.takeCancellation();
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        return !isDone() && task.cancel(message);
    }
}
