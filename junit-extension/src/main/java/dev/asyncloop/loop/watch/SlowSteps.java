package dev.asyncloop.loop.watch;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Nanos;
import dev.asyncloop.loop.core.Step;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times the steps of a loop in debug mode, and logs the slow ones, with the lines at which they were meanwhile.
 *
 * <p>When a step has taken half of the limit, the watchdog looks where it is, and then again and again. So the last
 * look is not far from the end of the step.
 */
public final class SlowSteps {

    private static final long MIN_LOOK_NANOS = 1_000_000;

    private final LoopCore core;
    private final Watchdog watchdog;

    /** What counts as slow. Any thread. */
    private volatile Duration limit = Duration.ofMillis(100);

    /** The step that runs; null if none does. Written by the loop's thread, read by the watchdog. */
    private volatile @Nullable Timing current;

    SlowSteps(LoopCore core, Watchdog watchdog) {
        this.core = core;
        this.watchdog = watchdog;
    }

    private static final class Timing {

        private final Thread thread;
        private final long start;

        /** Where it was at the last look. Written by the watchdog. */
        private volatile List<StackTraceElement> seen = List.of();

        private Timing(Thread thread, long start) {
            this.thread = thread;
            this.start = start;
        }
    }

    /** What counts as slow. Any thread. */
    public Duration limit() {
        return limit;
    }

    /** Sets what counts as slow. Any thread. */
    public void setLimit(Duration limit) {
        this.limit = limit;
    }

    /** Where the current step was seen last; empty if it was not. Any thread. */
    public List<StackTraceElement> seen() {
        Timing timing = current;
        return timing == null ? List.of() : timing.seen;
    }

    /** {@code step} begins. Loop thread only. */
    void begin(Step step) {
        Thread thread = step instanceof Coroutine coroutine ? coroutine.thread() : Thread.currentThread();
        current = new Timing(thread, watchdog.nanos());
    }

    /** {@code step} has ended. Loop thread only. */
    void end(Step step) {
        Timing timing = Objects.requireNonNull(current);
        current = null;
        long took = watchdog.nanos() - timing.start;
        if (took >= Nanos.of(limit)) {
            Log.quietly(Level.WARNING, text(step, took) + seen(timing.seen), null);
        }
    }

    private static String seen(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : stack) {
            text.append(text.isEmpty() ? "\nSeen at (most recent call first):" : "")
                    .append("\n\tat ")
                    .append(frame);
        }
        return text.toString();
    }

    private static String text(Step step, long took) {
        double seconds = (double) took / TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "Executing %s took %.3f seconds", step, seconds);
    }

    /**
     * Looks where the current step is, if it has taken half of the limit. Returns in how many nanoseconds to look
     * again. The watchdog's thread.
     */
    long look() {
        if (!core.isDebug()) {
            return Long.MAX_VALUE;
        }
        long slow = Nanos.of(limit);
        Timing timing = current;
        if (timing != null && watchdog.nanos() - timing.start >= slow / 2) {
            List<StackTraceElement> stack = CallStack.userCode(List.of(timing.thread.getStackTrace()));
            if (current == timing && !stack.isEmpty()) { // or it is the stack of a later step
                timing.seen = stack;
            }
        }
        return Math.max(MIN_LOOK_NANOS, slow / 4);
    }
}
