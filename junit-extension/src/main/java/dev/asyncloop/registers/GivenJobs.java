package dev.asyncloop.registers;

import dev.asyncloop.jdk.Pools;
import dev.asyncloop.jdk.SchedulersOfVirtualThreads;
import dev.asyncloop.origin.Owner;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The register of the jobs that owners gave to pools and that have not ended. It has as many entries as there are such
 * jobs. Nobody's jobs are not in it, and cost a look at the current thread.
 *
 * <p>Any thread. The JDK's executors call it, some with the lock of a queue, so it waits for nothing.
 */
final class GivenJobs {

    private final ConcurrentMap<Object, Job> jobs = new ConcurrentHashMap<>();
    private final ReferenceQueue<@Nullable Object> garbage = new ReferenceQueue<>();
    private final ThreadLocal<@Nullable Doing> doing = new ThreadLocal<>();
    /** Not null while the current thread gives jobs that may go on. */
    private final ThreadLocal<@Nullable Object> giving = new ThreadLocal<>();

    private final Supplier<? extends @Nullable Owner> ownerAtWork;

    /** What a thread does; a worker that waits for a part of its job may do others meanwhile. */
    private record Doing(
            @Nullable Object object,
            @Nullable Job job,
            @Nullable Doing around) {}

    /** {@code ownerAtWork} returns the owner that the current thread works for. */
    GivenJobs(Supplier<? extends @Nullable Owner> ownerAtWork) {
        this.ownerAtWork = ownerAtWork;
    }

    /**
     * The current thread gives a job to a pool. A future that is handed on stays its first giver's; any other object is
     * another job each time.
     */
    void given(Object object, @Nullable Object pool) {
        Owner owner = ownerAtWork.get();
        if (owner == null || SchedulersOfVirtualThreads.contain(pool)) {
            return;
        }
        forgetGarbage();
        Job giver = current();
        Job job = new Job(object, pool, owner, giver, forks(giver, pool), isBackground(), garbage);
        if (object instanceof Future<?>) {
            jobs.putIfAbsent(job, job);
        } else {
            jobs.merge(job, job, Job::with);
        }
    }

    /** Whether the current thread gives jobs that may go on. */
    boolean isBackground() {
        Doing now = doing.get();
        return giving.get() != null || now != null && now.job != null && now.job.isBackground();
    }

    /**
     * While {@code giver} runs, the current thread gives jobs that may go on when the account of their owner is closed.
     */
    <T extends @Nullable Object> T giveBackground(Callable<T> giver) throws Exception {
        Object around = giving.get();
        giving.set(this);
        try {
            return giver.call();
        } finally {
            giving.set(around);
        }
    }

    /** Whether a job that gives another to a pool forks a half of its work: only in its own {@code ForkJoinPool}. */
    private static boolean forks(@Nullable Job giver, @Nullable Object pool) {
        return giver != null && !(pool instanceof ThreadPoolExecutor) && (pool == null || giver.pool() == pool);
    }

    private void forgetGarbage() {
        for (Reference<?> each = garbage.poll(); each != null; each = garbage.poll()) {
            jobs.remove(each);
        }
    }

    /** The current thread begins a job. */
    void begun(Object object) {
        Doing around = doing.get();
        Job known = jobs.isEmpty() ? null : jobs.get(new Job.Key(object));
        Job job = known == null ? null : known.begin();
        if (job != null || around != null) {
            doing.set(new Doing(object, job, around));
        }
    }

    /**
     * The current thread does something of a job of another register, or of nobody's, until it has {@link #ended} that.
     */
    void goOn(Object part, @Nullable Job job) {
        Doing around = doing.get();
        if (job != null || around != null) {
            doing.set(new Doing(part, job, around));
        }
    }

    /** The current thread has ended a job. */
    void ended(Object object) {
        for (Doing each = doing.get(); each != null; each = each.around) {
            if (each.object == object) {
                endAllInside(each.around);
                return;
            }
        }
    }

    /**
     * The current thread has ended the only job that it did. If an exception ends the thread as well, that is still a
     * part of the job, until the thread is gone.
     */
    void endedAll(boolean endsThread) {
        if (!endsThread && doing.get() != null) {
            endAllInside(null);
        }
    }

    private void endAllInside(@Nullable Doing around) {
        for (Doing each = doing.get(); each != around && each != null; each = each.around) {
            end(each);
        }
        if (around == null) {
            doing.remove();
        } else {
            doing.set(around);
        }
    }

    private void end(Doing ended) {
        Job job = ended.job;
        if (job != null) {
            job.end();
            if (!(ended.object instanceof Future<?> future && !future.isDone() && Pools.isPeriodic(future))) {
                jobs.remove(job);
            }
        }
    }

    /** A pool refuses a job. */
    void refused(Object object) {
        if (!jobs.isEmpty()) {
            jobs.computeIfPresent(new Job.Key(object), (key, last) -> last.next());
        }
    }

    /** Whose job the current thread does; null if that is nobody's, or it does none. */
    @Nullable
    Owner ownerOfCurrentJob() {
        Doing now = doing.get();
        return now == null || now.job == null ? null : now.job.owner();
    }

    /** The job that the current thread does; null if it does none, or nobody's. */
    @Nullable
    Job current() {
        Doing now = doing.get();
        return now == null ? null : now.job;
    }

    /** The jobs that somebody gave for {@code owner} and that have not ended. */
    List<Job> of(Owner owner) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        forgetGarbage();
        List<Job> pending = new ArrayList<>();
        for (Job job : everything()) {
            if (job.atWork() == owner && job.isPending()) {
                pending.add(job);
            }
        }
        return pending;
    }

    /** The account of {@code owner} is closed. */
    void settle(Owner owner) {
        if (!jobs.isEmpty()) {
            everything().stream().filter(job -> job.atWork() == owner).forEach(Job::settle);
        }
    }

    /** The job that is done by an object; the last given of several; null if it is nobody's, or has ended. */
    @Nullable
    Job known(Object object) {
        return jobs.isEmpty() ? null : jobs.get(new Job.Key(object));
    }

    /** Whether there is any that has not ended. */
    boolean hasAny() {
        return !jobs.isEmpty();
    }

    /** Up to {@code most} of the jobs that have not ended, for whomever they were given. */
    List<Job> first(int most) {
        List<Job> first = new ArrayList<>();
        for (Job each : jobs.values()) {
            for (Job same = each; same != null; same = same.next()) {
                if (first.size() == most) {
                    return first;
                }
                first.add(same);
            }
        }
        return first;
    }

    /** How many jobs of {@code owner} are registered. */
    int size(Owner owner) {
        forgetGarbage();
        int size = 0;
        for (Job job : everything()) {
            size += job.atWork() == owner ? 1 : 0;
        }
        return size;
    }

    private List<Job> everything() {
        List<Job> all = new ArrayList<>();
        for (Job first : jobs.values()) {
            for (Job each = first; each != null; each = each.next()) {
                all.add(each);
            }
        }
        return all;
    }
}
