package dev.asyncloop.registers;

import dev.asyncloop.jdk.References;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The futures of jobs that failed, until somebody looks at them or the account of their owner is closed. Until then it
 * keeps them. Any thread.
 */
final class JobFailures {

    /** How many are kept. While there are as many, further ones are not noted. */
    private static final int MOST = 1_000;

    /** By the future, by its identity; under its own monitor. */
    private final Map<Object, JobFailure> failed = new IdentityHashMap<>();

    /** Whether there is none, which is mostly so. Written under the same monitor. */
    private volatile boolean empty = true;

    /** The current thread ends a job by an exception, of which {@code future} will tell whoever looks at it. */
    void failed(Object future, Throwable thrown, GivenJobs jobs) {
        Job job = jobs.current();
        Owner owner = job != null ? job.owner() : isOfOneThread(future) ? ThreadOrigins.ownerAtWork() : null;
        if (owner == null || isGivenUp(future) || isSplit(future)) {
            return;
        }
        note(future, new JobFailure(owner, job, thrown));
        if (isWatched(future)) { // asked afterwards: whoever comes now finds it noted, and tells of the look
            looked(future);
        }
    }

    private void note(Object future, JobFailure failure) {
        synchronized (failed) {
            if (failed.size() < MOST) {
                failed.put(future, failure);
                empty = false;
            }
        }
    }

    /** Whether it is of a job that has a thread of its own, and so was given to no pool. */
    private static boolean isOfOneThread(Object future) {
        Thread current = Thread.currentThread();
        return future instanceof FutureTask<?> && (current.isVirtual() || Workers.ofOneTask(current) != null);
    }

    /** Whether it was cancelled or completed before its job has ended, so that it will not tell of the exception. */
    private static boolean isGivenUp(Object future) {
        return future instanceof Future<?> known && known.isDone();
    }

    /** Whether something depends on it, or waits for it. */
    private static boolean isWatched(Object future) {
        return future instanceof CompletableFuture<?> dependency && dependency.getNumberOfDependents() > 0;
    }

    /** Whether it is the project's own task, which may be a part of another that fails with the same exception. */
    private static boolean isSplit(Object future) {
        return future instanceof ForkJoinTask<?>
                && (future instanceof CountedCompleter<?> || !References.isJdk(future.getClass()));
    }

    void looked(Object future) {
        if (empty) {
            return;
        }
        synchronized (failed) {
            failed.remove(future);
            empty = failed.isEmpty();
        }
    }

    List<JobFailure> take(Owner owner) {
        if (empty) {
            return List.of();
        }
        List<JobFailure> taken = new ArrayList<>();
        synchronized (failed) {
            for (Iterator<JobFailure> each = failed.values().iterator(); each.hasNext(); ) {
                JobFailure failure = each.next();
                if (failure.owner() == owner) {
                    taken.add(failure);
                    each.remove();
                }
            }
            empty = failed.isEmpty();
        }
        return taken;
    }
}
