package dev.asyncloop.loop.core;

import dev.asyncloop.loop.TimerHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A callback for a certain time. Loop thread only, where a method does not say otherwise. */
public final class Timer extends Callback implements TimerHandle, Comparable<Timer> {

    private final long when;
    private final long sequence;
    private final Timers timers;

    /** What the user asked for; null for a timer of ours. */
    private final @Nullable Request request;

    /** Whether it is still in {@link #timers}. Loop thread only. */
    private boolean scheduled = true;

    Timer(LoopCore core, Runnable callback, long when, long sequence, Timers timers, @Nullable Request request) {
        super(core, core.currentOwner(), callback, request == null ? stackForDebug(core) : request.created(), false);
        this.request = request;
        this.when = when;
        this.sequence = sequence;
        this.timers = timers;
    }

    @Override
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

    /** A timer of a periodic command is none of the user's: the command is listed itself. */
    @Override
    boolean isUsers() {
        Command command = command();
        return request != null && (command == null || !command.isPeriodic());
    }

    @Override
    PendingCall pending(long now) {
        PendingCall.Kind kind = command() == null ? PendingCall.Kind.TIMER : PendingCall.Kind.DELAYED_COMMAND;
        return Objects.requireNonNull(request).pending(kind, 0, when - now, when <= now, 0);
    }

    @Override
    void withdraw() {
        cancel();
        Command command = command();
        if (command != null) {
            command.withdraw();
        }
    }

    /** The command that it starts; null if it starts none. */
    private @Nullable Command command() {
        return request == null ? null : request.command();
    }

    void leaveTimers() {
        scheduled = false;
    }

    long whenNanos() {
        return when;
    }

    /** The order of due timers: by time, equal times in the order they were set. */
    @Override
    public int compareTo(Timer other) {
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
