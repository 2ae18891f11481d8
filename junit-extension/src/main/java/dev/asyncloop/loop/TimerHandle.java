package dev.asyncloop.loop;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A callback that was given to a loop for a time, to cancel it by. asyncio's {@code TimerHandle}. */
public final class TimerHandle extends Handle implements Comparable<TimerHandle> {

    private final long when;
    private final long sequence;
    private final Timers timers;

    /** Null for a timer of ours, which belongs to the task that waits for it. */
    private final @Nullable Origin origin;

    /** Whether it is still in {@link #timers}. Loop thread only. */
    private boolean scheduled = true;

    TimerHandle(EventLoop loop, Runnable callback, long when, long sequence, Timers timers, @Nullable Origin origin) {
        super(loop, loop.currentOwner(), callback, origin == null ? stackForDebug(loop) : origin.created());
        this.origin = origin;
        this.when = when;
        this.sequence = sequence;
        this.timers = timers;
    }

    /** When it is due, on the clock of {@link EventLoop#time()}. */
    public Duration when() {
        return Duration.ofNanos(when);
    }

    @Override
    public void cancel() {
        if (!isCancelled()) {
            super.cancel();
            if (scheduled) {
                timers.cancelled();
            }
        }
    }

    /** A periodic command stands for itself. */
    @Override
    boolean isUsers() {
        LoopCommand<?> command = command();
        return origin != null && (command == null || !command.isPeriodic());
    }

    @Override
    HandleSnapshot snapshot(long now) {
        return Objects.requireNonNull(origin)
                .snapshot(
                        command() == null ? HandleKind.TIMER : HandleKind.DELAYED_COMMAND,
                        when - now,
                        0,
                        when <= now,
                        0);
    }

    @Override
    void withdraw() {
        cancel();
        if (command() instanceof LoopCommand<?> command) {
            command.cancel(null); // or whoever waits for the view to end would wait for ever
        }
    }

    /** Which it starts, null where that is none. */
    private @Nullable LoopCommand<?> command() {
        return origin == null ? null : origin.command();
    }

    void leaveTimers() {
        scheduled = false;
    }

    long whenNanos() {
        return when;
    }

    /** The order of due timers: by time, equal times in the order they were set. */
    @Override
    public int compareTo(TimerHandle other) {
        int byTime = Long.compare(when, other.when);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
