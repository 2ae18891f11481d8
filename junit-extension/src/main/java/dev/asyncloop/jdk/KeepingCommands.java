package dev.asyncloop.jdk;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The delayed and periodic commands for which an executor lives on that was shut down.
 *
 * @param cancelled how many more there are that were cancelled, but wait in the queue until they are due
 * @param periodic whether all that are not cancelled are periodic
 * @param due the time until the first is due; null if it is not known
 */
public record KeepingCommands(
        long commands,
        long cancelled,
        boolean periodic,
        @Nullable Duration due) {

    /** Those of {@code executor}; null if it is not shut down, is terminated, or none keeps it. Any thread. */
    public static @Nullable KeepingCommands of(ExecutorService executor) {
        if (!executor.isShutdown() || executor.isTerminated()) {
            return null;
        }
        KeepingCommands kept = switch (executor) {
            case ScheduledThreadPoolExecutor pool -> in(pool);
            case ForkJoinPool pool -> new KeepingCommands(delayed(pool), 0, false, null);
            default -> null;
        };
        return kept == null || kept.commands + kept.cancelled == 0 ? null : kept;
    }

    private static KeepingCommands in(ScheduledThreadPoolExecutor pool) {
        long live = 0;
        long periodic = 0;
        long cancelled = 0;
        @Nullable Duration due = null;
        for (Object queued : pool.getQueue().toArray()) {
            if (!isOfJdk(queued)) { // others' commands might do anything when they are asked
                live++;
                continue;
            }
            RunnableScheduledFuture<?> command = (RunnableScheduledFuture<?>) queued;
            if (command.isCancelled()) {
                cancelled++;
            } else {
                live++;
                periodic += command.isPeriodic() ? 1 : 0;
            }
            Duration left = Duration.ofNanos(command.getDelay(TimeUnit.NANOSECONDS));
            due = due == null || left.compareTo(due) < 0 ? left : due;
        }
        return new KeepingCommands(live, cancelled, live > 0 && live == periodic, due);
    }

    private static boolean isOfJdk(Object command) {
        return command instanceof RunnableScheduledFuture
                && Objects.equals(command.getClass().getModule(), Object.class.getModule());
    }

    /** How many delayed commands the pool has, which it can have from JDK 25 on. */
    private static long delayed(ForkJoinPool pool) {
        try {
            Method count = ForkJoinPool.class.getMethod("getDelayedTaskCount");
            return (long) count.invoke(pool);
        } catch (ReflectiveOperationException olderJdk) {
            return 0;
        }
    }
}
