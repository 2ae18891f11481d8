package dev.asyncloop.loop.executors;

import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.JobOrigins;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A job that a loop handed to another thread, and the future of its result.
 *
 * <p>The future is completed in a turn of the loop, and so never after the loop is closed.
 */
final class JobFuture<T extends @Nullable Object> extends LoopFuture<T> implements Runnable {

    private final Callable<? extends T> job;
    private final Callback delivery;
    private final @Nullable Owner owner;

    /** Whether the job has begun, or was cancelled before that. Whoever sets it first decides which. */
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Completes the future with what the job ended with. Written by the job's thread before the delivery. */
    private @Nullable Runnable outcome;

    JobFuture(LoopCore core, Callable<? extends T> job) {
        super(core);
        this.job = job;
        this.delivery = new Callback(core, this::deliver);
        this.owner = core.currentOwner();
    }

    /** Does the job, unless it was cancelled. The executor's thread. */
    @Override
    public void run() {
        if (taken.compareAndSet(false, true)) {
            JobOrigins.charge(owner, this::perform);
            delivery.enqueue();
        }
    }

    private void perform() {
        try {
            T result = job.call();
            outcome = () -> complete(result);
        } catch (Throwable thrown) {
            outcome = () -> fail(thrown);
        }
    }

    private void deliver() {
        core().work().cameBack();
        if (outcome != null) {
            outcome.run();
        }
    }

    /**
     * Cancels the future, and the job if it has not begun. As in asyncio, a job that runs goes on, and its result is
     * dropped.
     */
    @Override
    public boolean cancel(@Nullable String message) {
        boolean cancelled = super.cancel(message);
        if (cancelled && taken.compareAndSet(false, true)) {
            core().work().cameBack();
        }
        return cancelled;
    }

    @Override
    protected String describe() {
        return "await of a job in an executor";
    }
}
