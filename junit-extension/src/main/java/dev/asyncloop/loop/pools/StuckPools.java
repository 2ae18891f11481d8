package dev.asyncloop.loop.pools;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.jdk.Pools;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.loop.pools.AwaitedJobs.Awaited;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Job;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.text.TypeNames;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a task waits for a job that will never be done, since its pool is stuck: the pool cannot have more
 * threads than it has, and each of these waits, without a time limit, for a job that is queued there, or that needs
 * another such job.
 *
 * <p>Somebody else could still cancel such a job, complete its future, or change the pool. So it is certain only if the
 * test, and whatever belongs to the same class, has nothing else under way: no thread of its own, and no job in another
 * pool. And all is looked at twice: who waits for the same job both times, which is not done, has waited in between, so
 * that all of them do so at one moment.
 *
 * <p>One thread.
 */
public final class StuckPools {

    private static final String FIX =
            "; give the inner job to another executor, or do not wait for it inside of the pool";

    private final LoopCore core;

    /** How many threads and jobs may be looked at. */
    private final int most;

    private AwaitedJobs awaited;

    /** The threads, pools and blockers that were found to wait for each other. */
    private Set<Object> closed = identitySet();

    public StuckPools(LoopCore core, int most) {
        this.core = core;
        this.most = most;
        this.awaited = new AwaitedJobs(most);
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Whether there are jobs, so that a pool may become stuck while the loop stands still. */
    public static boolean mayCome() {
        return JobOrigins.areThere();
    }

    /** Whether {@code task} waits, in the JDK or for a future of others, for a job that will never be done. */
    public boolean keep(Coroutine task) {
        Set<Object> first = look(task);
        return first != null && nobodyElseIsAtWork(first) && first.equals(look(task));
    }

    /** What waits for each other, from {@code task} on; null if something of it may go on. */
    private @Nullable Set<Object> look(Coroutine task) {
        awaited = new AwaitedJobs(most);
        closed = identitySet();
        Promise<?> future = task.waitingFor();
        boolean stuck = future == null
                ? task.core().suspendsAnyWait() && isStuck(task.thread())
                : Promises.needs(future) == null && isStuckForAny(Promises.source(future));
        return stuck ? closed : null;
    }

    /**
     * Whether a thread waits for good for a job that will never be done. One that is looked at already counts as such.
     */
    private boolean isStuck(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        if (blocker == null || closed.size() >= most) {
            return false;
        }
        return !closed.add(thread)
                || isStuckForAny(blocker) && !thread.isInterrupted() && BlockedThreads.waitsForGood(thread);
    }

    private boolean isStuckForAny(Object future) {
        for (Awaited each : awaited.of(future)) {
            if (each.only()) {
                Set<Object> before = closed;
                closed = identitySet();
                closed.addAll(before);
                closed.add(future);
                if (isStuck(each.job())) {
                    return true;
                }
                closed = before; // what was found on this way need not be so without it
            }
        }
        return false;
    }

    private boolean isStuck(Job job) {
        Thread worker = job.worker();
        if (worker != null) {
            return isStuck(worker);
        }
        Object pool = job.pool();
        Object queued = job.get();
        return pool != null
                && queued != null
                && Pools.queued(pool) <= most
                && Pools.haveQueued(pool, queued)
                && isStuckPool(pool);
    }

    private boolean isStuckPool(Object pool) {
        if (!closed.add(pool)) {
            return true;
        }
        if (!Pools.cannotGrow(pool)) {
            return false;
        }
        List<Thread> workers = Workers.of(pool);
        return !workers.isEmpty()
                && workers.size() == Pools.threads(pool)
                && workers.stream().allMatch(this::isStuck);
    }

    /** Whether nothing that belongs to the test or its class could end one of these waits. */
    private boolean nobodyElseIsAtWork(Set<Object> stuck) {
        List<Job> jobs = JobOrigins.first(most);
        if (jobs.size() == most) {
            return false; // there may be others
        }
        for (Job job : jobs) {
            Thread worker = job.worker();
            Object pool = job.pool();
            if (!job.isSettled()
                    && isOfTest(job.atWork())
                    && !(worker == null ? pool != null && stuck.contains(pool) : stuck.contains(worker))
                    && job.isPending()) {
                return false;
            }
        }
        for (Owner owner : ThreadOrigins.owners()) {
            if (isOfTest(owner)) {
                for (Beginning each : ThreadOrigins.of(owner)) {
                    if (isAtWork(each.get(), stuck)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isAtWork(@Nullable Object thing, Set<Object> stuck) {
        return switch (thing) {
            case Thread thread -> thread.isAlive() && !stuck.contains(thread) && !Workers.isWorker(thread);
            case ExecutorService executor -> Workers.startsOneATask(executor) && !executor.isTerminated();
            case null, default -> false;
        };
    }

    private boolean isOfTest(Owner owner) {
        return owners().anyMatch(each -> each == owner || each.type() != null && each.type() == owner.type());
    }

    /** Whose the loop is, and what is on it. */
    private Stream<Owner> owners() {
        return Stream.concat(
                Stream.ofNullable(core.owner()),
                core.firstCoroutines(most).stream().map(Coroutine::owner).flatMap(Stream::ofNullable));
    }

    /** In words, why {@code task} waits for ever; null if it does not wait for a job. After {@link #keep}. */
    public @Nullable String describe(Coroutine task) {
        List<Awaited> jobs = awaited.of(task);
        if (jobs.isEmpty()) {
            return null;
        }
        StringBuilder text =
                new StringBuilder(task.label()).append(" waits for a job").append(line(task.stackTrace()));
        Set<Thread> said = new HashSet<>();
        Job job = jobs.get(0).job();
        Thread last = null;
        for (Thread worker = job.worker(); worker != null && said.add(worker); worker = job.worker()) {
            List<Awaited> next = awaited.of(worker);
            if (next.isEmpty()) {
                break;
            }
            text.append(" that thread \"").append(worker.getName()).append("\" does, which waits for another");
            text.append(line(CallStack.userCode(List.of(worker.getStackTrace()))));
            job = next.get(0).job();
            last = worker;
        }
        Object pool = job.worker() == null ? job.pool() : null;
        return text.append(pool == null ? "" : inQueue(pool, last)).append(FIX).toString();
    }

    /** {@code last} is the thread that was said to wait for the job; null if that is none of a pool. */
    private static String inQueue(Object pool, @Nullable Thread last) {
        List<Thread> threads = Workers.of(pool);
        return " that is queued in "
                + (last != null && threads.contains(last) ? "the same " : "a ")
                + TypeNames.of(pool.getClass())
                + (threads.size() == 1
                        ? ", which has no other thread"
                        : ", whose " + threads.size() + " threads all wait for such jobs");
    }

    private static String line(List<StackTraceElement> stack) {
        return stack.isEmpty()
                ? ""
                : " (" + stack.get(0).getFileName() + ":" + stack.get(0).getLineNumber() + ")";
    }
}
