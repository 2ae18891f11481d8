package dev.asyncloop.loop.pools;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.jdk.Pools;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.pools.AwaitedJobs.Awaited;
import dev.asyncloop.loop.pools.PoolSnapshot.Place;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Job;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.text.TypeNames;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One look at the pools that matter to a loop: those with jobs of its owners, and those that its tasks wait for. One
 * thread.
 */
final class PoolLook {

    /** How many jobs of all pools together are looked at, and how many tasks. */
    private static final int MOST = 10_000;

    /** How many jobs in the queue of one pool are looked at. */
    private static final int QUEUED = 1_000;

    private final List<Coroutine> tasks;
    private final List<Owner> owners;
    private final List<Job> jobs = JobOrigins.first(MOST);
    private final AwaitedJobs awaited = new AwaitedJobs(MOST);
    private final Map<Object, List<Job>> jobsOfPools = new IdentityHashMap<>();
    private final Map<Job, List<PoolSnapshot.Waiting>> waiting = new IdentityHashMap<>();

    PoolLook(LoopCore core, List<Owner> owners) {
        this.owners = owners;
        this.tasks = core.firstCoroutines(MOST);
    }

    /** The pools that matter, in the order in which their jobs were given. */
    List<PoolSnapshot> pools() {
        if (jobs.isEmpty()) {
            return List.of();
        }
        List<Object> mine = new ArrayList<>();
        for (Job job : jobs) {
            Object pool = isOver(job) ? null : job.pool();
            if (pool != null) {
                jobsOfPools.computeIfAbsent(pool, none -> new ArrayList<>()).add(job);
                if (!contains(mine, pool) && owners.contains(job.owner()) && !job.isOfJdk()) {
                    mine.add(pool);
                }
            }
        }
        for (Coroutine task : tasks) {
            if (!task.isDone() && task.started()) {
                awaited.of(task).forEach(each -> addWaiting(task, each.job(), mine));
            }
        }
        return mine.stream()
                .map(this::snapshot)
                .filter(pool -> pool.concerns(owners))
                .toList();
    }

    private static boolean isOver(Job job) {
        Object object = job.get();
        return object == null || object instanceof Future<?> future && future.isDone();
    }

    private void addWaiting(Coroutine task, Job job, List<Object> pools) {
        Object pool = isOver(job) ? null : job.pool();
        if (pool != null) {
            if (!contains(pools, pool)) {
                pools.add(pool);
            }
            Thread worker = job.worker();
            waiting.computeIfAbsent(job, none -> new ArrayList<>())
                    .add(new PoolSnapshot.Waiting(task.label(), worker == null ? null : worker.getName()));
        }
    }

    /** By identity: a pool might have an {@code equals} of its own. */
    private static boolean contains(List<Object> pools, Object pool) {
        return pools.stream().anyMatch(each -> each == pool);
    }

    private PoolSnapshot snapshot(Object pool) {
        List<Job> all = jobsOfPools.getOrDefault(pool, List.of());
        List<Thread> threads = Workers.of(pool);
        return new PoolSnapshot(
                TypeNames.of(pool.getClass()),
                pool == ForkJoinPool.commonPool(),
                threads.stream().map(Thread::getName).toList(),
                working(pool, threads, all),
                queue(pool, all),
                all.stream()
                        .flatMap(job -> waiting.getOrDefault(job, List.of()).stream())
                        .distinct()
                        .toList());
    }

    private List<PoolSnapshot.Worker> working(Object pool, List<Thread> threads, List<Job> all) {
        Map<Thread, Job> doing = new IdentityHashMap<>();
        for (Job job : all) {
            Thread worker = job.worker();
            if (worker != null) {
                doing.putIfAbsent(worker, job);
            }
        }
        List<PoolSnapshot.Worker> working = new ArrayList<>();
        for (Thread thread : threads) {
            Job job = doing.get(thread);
            List<StackTraceElement> now = CallStack.userCode(List.of(thread.getStackTrace()));
            if (job != null || !now.isEmpty()) {
                working.add(new PoolSnapshot.Worker(
                        thread.getName(),
                        job == null ? null : job.owner(),
                        call(thread),
                        placeOfAwaited(thread, pool),
                        job == null ? List.of() : job.fromUserCode(),
                        now));
            }
        }
        return working;
    }

    /** The method of the JDK that a thread waits in; empty if it runs. */
    private static String call(Thread thread) {
        Thread.State state = thread.getState();
        StackTraceElement called = state == Thread.State.RUNNABLE ? null : BlockedThreads.call(thread);
        if (called == null) {
            return state == Thread.State.BLOCKED ? "synchronized" : "";
        }
        String type = called.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + called.getMethodName();
    }

    private @Nullable Place placeOfAwaited(Thread worker, Object pool) {
        List<Awaited> jobs = awaited.of(worker);
        if (jobs.isEmpty()) {
            return null;
        }
        Job job = jobs.get(0).job();
        return job.worker() != null ? Place.UNDER_WAY : job.pool() == pool ? Place.QUEUED_HERE : Place.QUEUED_ELSEWHERE;
    }

    private static PoolSnapshot.Queue queue(Object pool, List<Job> all) {
        Map<@Nullable Owner, Integer> owners = new LinkedHashMap<>();
        int delayed = 0;
        int seen = 0;
        if (Pools.showQueue(pool)) {
            for (Object queued : Pools.firstQueued(pool, QUEUED)) {
                Job job = JobOrigins.known(queued);
                owners.merge(job == null ? null : job.owner(), 1, Integer::sum);
                delayed += job != null && job.delayNanos() > 0 ? 1 : 0;
                seen++;
            }
        } else {
            for (Job job : all) {
                if (job.worker() == null && job.isPending() && seen < QUEUED) { // which no fork is, either
                    owners.merge(job.owner(), 1, Integer::sum);
                    seen++;
                }
            }
        }
        return new PoolSnapshot.Queue(Math.max(Pools.queued(pool), seen), seen, delayed, owners);
    }
}
