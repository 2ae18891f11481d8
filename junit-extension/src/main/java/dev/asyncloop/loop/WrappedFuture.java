package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Outside;
import dev.asyncloop.text.TypeNames;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A stage of another library as a future of the loop. The stage completes it; cancelling it cancels the stage. */
final class WrappedFuture<T extends @Nullable Object> extends LoopFuture<T> {

    private final CompletionStage<? extends T> stage;

    /** Is told when the stage begins and ends; null if the loop's clock need not know. */
    private final @Nullable Outside waits;

    WrappedFuture(LoopCore core, CompletionStage<? extends T> stage) {
        super(core);
        this.stage = stage;
        waits = core.outside();
        if (waits != null) {
            waits.began(this);
        }
        stage.whenComplete((result, thrown) -> {
            if (waits != null) {
                waits.ends(this);
            }
            if (thrown == null) {
                complete(result);
            } else {
                fail(thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
            }
            if (waits != null) {
                waits.ended(this);
            }
        });
    }

    @Override
    public boolean cancel(@Nullable String message) {
        boolean cancelled = super.cancel(message);
        if (cancelled) {
            cancelStage();
        }
        return cancelled;
    }

    private void cancelStage() {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException notThisOne) {
            // a stage may refuse this, and then nobody can cancel it
        }
    }

    @Override
    protected Object source() {
        return stage;
    }

    @Override
    protected String label() {
        return "a " + TypeNames.of(stage.getClass());
    }

    @Override
    protected String describe() {
        return "await of " + label();
    }
}
