package dev.asyncloop.loop;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.Cancellation;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineBody;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.groups.ScopeMisuse;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the task that opened it when its time is over: asyncio's {@code Timeout}.
 *
 * <p>Use {@code Asyncio.timeout(Duration, Callable)} if one method can hold it all: it sees what the body throws, and
 * turns the cancellation into a {@link TimeoutException}.
 *
 * <p>A time-out that is opened by {@code Asyncio.timeout(Duration)} may be closed elsewhere, perhaps in a later phase
 * of a test. It does not see what the body throws. So the body ends with a {@link CancelledException} whose message
 * says {@code timed out after …}, and {@link #close()} throws the {@code TimeoutException}. Out of a {@code try} with
 * resources, the {@code TimeoutException} comes as a suppressed exception.
 *
 * <p>Loop thread only; {@code close()} belongs in the task that opened it.
 */
public final class TimeoutScope implements AutoCloseable {

    private enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED
    }

    private final Coroutine task;
    private final long opened;

    /** How many requests to cancel the task were open when it was opened, and in which era that was. */
    private final int before;

    private final int era;
    private State state = State.ACTIVE;
    private long when;
    private @Nullable Callback timer;

    private TimeoutScope(Coroutine task, long opened) {
        this.task = task;
        this.opened = opened;
        this.before = task.cancellation().requests();
        this.era = task.cancellation().era();
    }

    /** Opens one for the current task, which is over after {@code delay}. */
    static TimeoutScope open(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        TimeoutScope timeout = open();
        timeout.schedule(timeout.opened + Nanos.of(delay));
        return timeout;
    }

    /** Opens one for the current task, which is over at {@code when} on the loop's clock. */
    static TimeoutScope openAt(Duration when) {
        Objects.requireNonNull(when, "when");
        TimeoutScope timeout = open();
        timeout.schedule(Nanos.of(when));
        return timeout;
    }

    private static TimeoutScope open() {
        Coroutine task = Here.currentCoroutine();
        if (task == null) {
            throw ScopeMisuse.timeoutOutsideOfTask();
        }
        return new TimeoutScope(task, task.core().nanos());
    }

    /** When its time is over, on the clock of {@code EventLoop.time()}. */
    public Duration when() {
        return Duration.ofNanos(when);
    }

    /**
     * Moves the end of its time to {@code when}, on the clock of {@code EventLoop.time()}. A time in the past is over
     * in the next turn.
     *
     * @throws IllegalStateException if it was closed, or its time is over already
     */
    public void reschedule(Duration when) {
        Objects.requireNonNull(when, "when");
        if (state != State.ACTIVE) {
            throw ScopeMisuse.timeoutIs(stateName());
        }
        schedule(Nanos.of(when));
    }

    private void schedule(long end) {
        stopTimer();
        when = end;
        LoopCore core = task.core();
        timer = end <= core.nanos() ? core.callSoon(this::timeIsOver) : core.timerAt(end, this::timeIsOver, null);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void timeIsOver() {
        timer = null;
        if (!task.isDone()) {
            state = State.EXPIRING;
            task.cancellation().request(reason().getMessage());
        }
    }

    private TimeoutException reason() {
        return ScopeMisuse.timedOut(Duration.ofNanos(when - opened));
    }

    /** Whether its time was over before it was closed. */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    /** Runs {@code body} in it, for {@code Asyncio.timeout}. */
    <T extends @Nullable Object> T around(Callable<? extends T> body) throws TimeoutException {
        T result;
        try {
            result = body.call();
        } catch (Throwable thrown) {
            boolean cancelled = thrown instanceof CancellationException || CoroutineBody.isInterruption(thrown);
            if (leave() && cancelled) {
                throw causedBy(thrown);
            }
            throw Sneaky.rethrow(thrown);
        }
        leave();
        return result;
    }

    TimeoutException causedBy(Throwable cancellation) {
        TimeoutException timedOut = reason();
        timedOut.initCause(cancellation);
        return timedOut;
    }

    /**
     * Ends it: it does not cancel its task any more. Closing twice does nothing.
     *
     * @throws TimeoutException if its time was over, the body was told so, and nobody else asked to cancel the task
     * @throws IllegalStateException in another task than the one that opened it
     */
    @Override
    public void close() throws TimeoutException {
        if (Here.currentCoroutine() != task) {
            throw ScopeMisuse.otherTask(this, task);
        }
        boolean told = task.cancellation().isNoticed();
        if (leave() && told) {
            throw reason();
        }
    }

    /** Ends it. Returns whether its time was over and nobody else asked to cancel the task. */
    private boolean leave() {
        stopTimer();
        if (state != State.EXPIRING) {
            state = state == State.ACTIVE ? State.FINISHED : state;
            return false;
        }
        state = State.EXPIRED;
        Cancellation requests = task.cancellation();
        return requests.withdraw(era) <= (requests.era() == era ? before : 0);
    }

    private String stateName() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "<Timeout [" + stateName() + "]" + (state == State.ACTIVE ? " when=" + when() : "") + ">";
    }
}
