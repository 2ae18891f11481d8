package dev.asyncloop.loop;

import dev.asyncloop.loop.core.CoreMisuse;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.UnseenFailures;
import dev.asyncloop.registers.CombinedFutures;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The outcome of a task. Only the body completes it. A failure is noted until somebody looks at it. */
abstract sealed class TaskFuture<T extends @Nullable Object> extends LoopFuture<T> permits Task {

    static {
        CombinedFutures.listen(future -> {
            if (future instanceof TaskFuture<?> task) {
                task.looked();
            }
        });
    }

    /** Whether something is linked to it that will see its outcome. Any thread. */
    private volatile boolean linked;

    /**
     * The note of its failure; null once somebody has looked. Written by the task before it fails, cleared by the
     * thread that looks.
     */
    private volatile UnseenFailures.@Nullable Failure unretrieved;

    private final Coroutine coroutine;

    TaskFuture(Coroutine coroutine) {
        super(coroutine.core());
        this.coroutine = coroutine;
    }

    @Override
    protected final Coroutine coroutine() {
        return coroutine;
    }

    @Override
    protected final boolean awaits(Coroutine other) {
        return coroutine == other;
    }

    @Override
    protected final String label() {
        return coroutine.label();
    }

    @Override
    protected final String describe() {
        return "await of " + label();
    }

    /**
     * Notes the failure, unless somebody may have seen it. Whoever links itself at this very moment sets
     * {@code linked}.
     */
    @Override
    protected void failing(Throwable thrown) {
        super.failing(thrown);
        boolean cancelled = thrown instanceof CancellationException;
        if (!cancelled && !linked && !hasWaiters() && getNumberOfDependents() == 0) {
            unretrieved = core().host().unseen().note(coroutine, thrown);
            if (linked) {
                looked();
            }
        }
    }

    @Override
    protected void observed() {
        linked = true;
        looked();
    }

    /** Somebody has seen how it ended, if it has. */
    private void looked() {
        UnseenFailures.Failure failure = unretrieved;
        if (failure != null) {
            unretrieved = null;
            core().host().unseen().forget(failure);
        }
    }

    // Each of these looks at the outcome. It is noted after the answer, which may come while the caller waits for it.

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return super.get();
        } finally {
            looked();
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return super.get(timeout, unit);
        } finally {
            looked();
        }
    }

    @Override
    public T join() {
        try {
            return super.join();
        } finally {
            looked();
        }
    }

    @Override
    public T getNow(T valueIfAbsent) {
        try {
            return super.getNow(valueIfAbsent);
        } finally {
            looked();
        }
    }

    @Override
    public T resultNow() {
        try {
            return super.resultNow();
        } finally {
            looked();
        }
    }

    @Override
    public Throwable exceptionNow() {
        try {
            return super.exceptionNow();
        } finally {
            looked();
        }
    }

    @Override
    public State state() {
        State state = super.state();
        looked();
        return state;
    }

    @Override
    public boolean isCompletedExceptionally() {
        boolean failed = super.isCompletedExceptionally();
        looked();
        return failed;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        observed();
        return super.newIncompleteFuture();
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        observed();
        return super.toCompletableFuture();
    }

    @Override
    public boolean complete(T value) {
        throw CoreMisuse.taskCompletesByItsBody("complete");
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        throw CoreMisuse.taskCompletesByItsBody("completeExceptionally");
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        throw CoreMisuse.taskCompletesByItsBody("completeAsync");
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        throw CoreMisuse.taskCompletesByItsBody("orTimeout");
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        throw CoreMisuse.taskCompletesByItsBody("completeOnTimeout");
    }

    @Override
    public void obtrudeValue(T value) {
        throw CoreMisuse.taskCompletesByItsBody("obtrudeValue");
    }

    @Override
    public void obtrudeException(Throwable thrown) {
        throw CoreMisuse.taskCompletesByItsBody("obtrudeException");
    }
}
