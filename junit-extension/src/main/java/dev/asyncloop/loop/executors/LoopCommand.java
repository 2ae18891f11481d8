package dev.asyncloop.loop.executors;

import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.core.Command;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.PendingCall;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.core.Request;
import dev.asyncloop.loop.core.Timer;
import dev.asyncloop.origin.Owner;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A command that was given to a view of a loop as an executor, and the future of its result. Each run of it is a task.
 */
final class LoopCommand<T extends @Nullable Object> extends LoopFuture<T>
        implements RunnableScheduledFuture<T>, Command {

    /**
     * <pre>
     *  WAITING ──a task of it begins──▶ RUNNING ──a periodic one ended──▶ WAITING
     *     │──cancelled────────────────▶ CANCELLED
     *     └──shutdownNow──────────────▶ WITHDRAWN ──run() by whoever has it──▶ TAKEN
     * </pre>
     */
    private enum State {
        WAITING,
        RUNNING,
        CANCELLED,
        WITHDRAWN,
        TAKEN
    }

    private final LoopExecutor view;
    private final Callable<? extends T> body;

    /** Whether nobody has the future, so that the task fails with what the body throws. */
    private final boolean bare;

    /** The period in nanoseconds: positive for a fixed rate, negative for a fixed delay, 0 if it runs once. */
    private final long period;

    private final long sequence;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** When it is due, in nanoseconds on the loop's clock. Written by the loop's thread. */
    private volatile long due;

    /** Loop thread only. */
    private @Nullable Timer timer;

    /** The task of its current run; null between runs. Written by the loop's thread. */
    private volatile @Nullable Coroutine task;

    /** What the user asked for; null for a command that runs once and at once. */
    private final @Nullable Request request;

    LoopCommand(LoopExecutor view, Callable<? extends T> body, boolean bare, long delay, long period, long sequence) {
        super(view.core());
        this.view = view;
        this.body = body;
        this.bare = bare;
        this.request = delay == 0 && period == 0 ? null : Request.of(view.core(), body, this);
        this.due = view.core().nanos() + delay;
        this.period = period;
        this.sequence = sequence;
    }

    LoopExecutor view() {
        return view;
    }

    /** Starts it, or waits until it is due. Loop thread only. */
    void enter() {
        if (due > core().nanos()) {
            timer = core().timerAt(due, this::start, request);
        } else {
            start();
        }
    }

    private void start() {
        Promise<@Nullable Void> run = core().host().createTask(null, false, CoroutineBody.of(this::perform));
        task = Promises.coroutineOf(run);
        Promises.whenDoneBlindly(run, done -> ended()); // blindly: nobody looks at what a bare command throws
    }

    /** Runs the body, unless the command was taken back or completed by somebody else. */
    private void perform() throws Exception {
        if (state.compareAndSet(State.WAITING, State.RUNNING) && !isDone()) {
            call();
        }
    }

    private void call() throws Exception {
        try {
            T result = body.call();
            if (period == 0) {
                complete(result);
            }
        } catch (Throwable thrown) {
            fail(thrown);
            if (bare) {
                throw thrown;
            }
        }
    }

    /** The task of a run ended. Loop thread only. */
    private void ended() {
        task = null;
        boolean again = period != 0 && !isDone() && !view.isShutdown();
        if (again && state.compareAndSet(State.RUNNING, State.WAITING)) {
            due = period > 0 ? due + period : core().nanos() - period;
            enter();
        } else if (state.get() != State.WITHDRAWN && state.get() != State.TAKEN) {
            cancel(null); // a periodic one after shutdown, or one whose task was cancelled before it began
            view.ended(this);
        }
    }

    /** Runs a command that {@code shutdownNow} has returned; otherwise does nothing. Any thread. */
    @Override
    public void run() {
        if (state.compareAndSet(State.WITHDRAWN, State.TAKEN)) {
            try {
                complete(body.call());
            } catch (Throwable thrown) {
                fail(thrown);
            }
        }
    }

    /** Takes it back from the loop; false if it has begun or is done. Any thread. */
    boolean takeBack() {
        return state.compareAndSet(State.WAITING, State.WITHDRAWN) && leave();
    }

    private void drop() {
        if (state.compareAndSet(State.WAITING, State.CANCELLED)) {
            leave();
        }
    }

    private boolean leave() {
        view.ended(this);
        core().onLoopThread(() -> {
            if (timer != null) {
                timer.cancel();
            }
        });
        return true;
    }

    /** Cancels the task of a run that is under way. Any thread. */
    void interrupt() {
        Coroutine running = task;
        if (running != null) {
            running.cancel(null);
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        return cancel(message, true);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(null, mayInterruptIfRunning) || isCancelled();
    }

    private boolean cancel(@Nullable String message, boolean interrupt) {
        boolean cancelled = super.cancel(message);
        if (cancelled) {
            drop();
            if (interrupt && state.get() == State.RUNNING) {
                interrupt();
            }
        }
        return cancelled;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        Suspension.until(this, Long.MAX_VALUE);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return super.get(Suspension.until(this, unit.toNanos(timeout)) ? 0 : timeout, unit);
    }

    @Override
    public boolean isPeriodic() {
        return period != 0;
    }

    @Override
    public @Nullable Owner owner() {
        return request == null ? null : request.owner();
    }

    /** A snapshot of a periodic command. It counts as waiting even when it is due, since it comes again. */
    @Override
    public PendingCall pending(long now) {
        Coroutine running = task;
        long run = running == null || running.isDone() ? 0 : running.number();
        return Objects.requireNonNull(request)
                .pending(PendingCall.Kind.PERIODIC_COMMAND, Math.abs(period), due - now, false, run);
    }

    @Override
    public int compareWith(Command other) {
        return compareTo((LoopCommand<?>) other);
    }

    @Override
    public void withdraw() {
        cancel(null);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(due - core().nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        if (other instanceof LoopCommand<?> command) {
            int byTime = Long.compare(due, command.due);
            return byTime != 0 ? byTime : Long.compare(sequence, command.sequence);
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    protected String describe() {
        return "await of a command";
    }
}
