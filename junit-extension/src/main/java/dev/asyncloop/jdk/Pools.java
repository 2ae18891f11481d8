package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the JDK's pools say of the jobs that they were given. Any thread. */
public final class Pools {

    private Pools() {}

    /** The pool that a thread works for; null if that is not known by the thread. */
    public static @Nullable Object of(Thread worker) {
        return worker instanceof ForkJoinWorkerThread of ? of.getPool() : null;
    }

    /** Whether a job waits in a pool; for a {@code ForkJoinPool}, whether it may. */
    public static boolean haveQueued(@Nullable Object pool, Object job) {
        if (isOver(job)) {
            return false;
        }
        return switch (pool) {
            case ThreadPoolExecutor executor -> isIn(executor, job);
            case ForkJoinPool executor -> !executor.isTerminated() && job instanceof ForkJoinTask<?>;
            case null, default -> pool == null && job instanceof ForkJoinTask<?>;
        };
    }

    private static boolean isIn(ThreadPoolExecutor executor, Object job) {
        for (Object queued : executor.getQueue()) { // by identity: its contains() would call the user's equals()
            if (queued == job) {
                return true;
            }
        }
        return false;
    }

    /** Whether a worker of the pool may be about to begin a job that is in no queue any more. */
    public static boolean mayTake(@Nullable Object pool, Object job) {
        return pool instanceof ThreadPoolExecutor executor && !executor.isTerminated() && !isOver(job);
    }

    private static boolean isOver(Object job) {
        return job instanceof Future<?> future && future.isDone() || CompletionSteps.isInVain(job);
    }

    /** How many jobs wait in a pool, delayed ones included; 0 if it does not tell. */
    public static long queued(Object pool) {
        return switch (pool) {
            case ThreadPoolExecutor executor -> executor.getQueue().size();
            case ForkJoinPool executor -> executor.getQueuedTaskCount() + executor.getQueuedSubmissionCount();
            default -> 0;
        };
    }

    /** Whether a pool shows what is in its queue. */
    public static boolean showQueue(Object pool) {
        return pool instanceof ThreadPoolExecutor;
    }

    /** The first {@code most} jobs that wait in a pool that shows them. */
    public static List<Object> firstQueued(Object pool, int most) {
        return pool instanceof ThreadPoolExecutor executor
                ? executor.getQueue().stream()
                        .<Object>map(job -> job)
                        .limit(most)
                        .toList()
                : List.of();
    }

    /**
     * Whether it is certain that a pool does what is queued only in the threads that it has now: it has as many as it
     * may, or starts no more as long as its queue takes jobs, which is always. A {@code ForkJoinPool} starts others for
     * those that wait.
     */
    public static boolean cannotGrow(Object pool) {
        return pool instanceof ThreadPoolExecutor executor
                && !executor.isTerminated()
                && executor.getPoolSize() >= executor.getCorePoolSize()
                && (executor.getPoolSize() >= executor.getMaximumPoolSize() || isEndless(executor.getQueue()));
    }

    private static boolean isEndless(BlockingQueue<?> queue) {
        return queue.getClass().getModule() == Object.class.getModule()
                && queue.remainingCapacity() + (long) queue.size() >= Integer.MAX_VALUE - 1_000;
    }

    /** How many threads a pool has, if it {@linkplain #cannotGrow cannot grow}. */
    public static int threads(Object pool) {
        return pool instanceof ThreadPoolExecutor executor ? executor.getPoolSize() : 0;
    }

    /** In how many nanoseconds a delayed job begins; 0 if it is not delayed. */
    public static long delayNanos(Object job) {
        return job instanceof Delayed delayed ? Math.max(0, delayed.getDelay(TimeUnit.NANOSECONDS)) : 0;
    }

    /** Whether the job comes again and again. */
    public static boolean isPeriodic(Object job) {
        return job instanceof RunnableScheduledFuture<?> scheduled
                ? scheduled.isPeriodic()
                : job instanceof ScheduledFuture<?> && job instanceof ForkJoinTask<?> && DelayedForks.isPeriodic(job);
    }

    /** The jobs that a {@code ForkJoinPool} delays, from JDK 25 on. */
    private static final class DelayedForks {

        private static final @Nullable MethodHandle PERIOD = period();

        private static @Nullable MethodHandle period() {
            try {
                Class<?> type = Class.forName("java.util.concurrent.DelayScheduler$ScheduledForkJoinTask");
                return MethodHandles.privateLookupIn(ForkJoinPool.class, MethodHandles.lookup())
                        .findGetter(type, "nextDelay", long.class)
                        .asType(MethodType.methodType(long.class, Object.class));
            } catch (ReflectiveOperationException unknown) {
                return null;
            }
        }

        static boolean isPeriodic(Object job) {
            try {
                return PERIOD != null && (long) PERIOD.invokeExact(job) != 0;
            } catch (Throwable thrown) {
                throw Sneaky.rethrow(thrown);
            }
        }
    }
}
