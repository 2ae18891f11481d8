package dev.asyncloop.registers;

import dev.asyncloop.jdk.CompletionSteps;
import dev.asyncloop.jdk.Pools;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.origin.trace.Origin;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A job that was given to a pool: its giver, the stack of that moment, and whether it runs now. It refers to the job's
 * object, but does not keep it. It is its own key in a map, by the identity of that object. Any thread.
 *
 * <pre>{@code
 * given -> running -> ended
 *    ^        |
 *    +--------+   periodic: until the next time
 * }</pre>
 */
public sealed class Job extends WeakReference<@Nullable Object> permits CoroutineJob {

    private static final AtomicReferenceFieldUpdater<Job, @Nullable Thread> WORKER =
            AtomicReferenceFieldUpdater.newUpdater(Job.class, Thread.class, "worker");

    /** How long it may be on its way from the hands of its giver to a queue or a worker. */
    private static final long UNDER_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How many jobs with one object are remembered. */
    private static final int MOST_OF_ONE_OBJECT = 1_000;

    private final int hash;
    private final Owner owner;
    private final CallStack stack;

    /** Where the first of the jobs was given that led to this one: a job may give others. */
    private final CallStack first;

    /** Whether it is one half of the work of the job that gave it. */
    private final boolean forked;

    /** Whether it may go on when its owner's account is closed. */
    private final boolean background;

    private final @Nullable WeakReference<Object> pool;

    /** The future that it completes, if it is a step of a {@code CompletableFuture}. Asked before it begins. */
    private final @Nullable WeakReference<CompletableFuture<?>> completes;

    private final long givenAt = System.nanoTime();

    /** Who does it now. */
    private volatile @Nullable Thread worker;

    /** The next job with the same object: one object can be given several times. Written in the map's own methods. */
    private volatile @Nullable Job next;

    /** How many jobs with the same object there were when it was given. Written before others see it. */
    private int others;

    /** Null until somebody asks. */
    private volatile @Nullable Boolean inKeptPool;

    /** Whether its owner's account was closed since. */
    private volatile boolean settled;

    /** Whether it was told as a leak. */
    private volatile boolean told;

    /**
     * The current thread gives {@code job} to {@code pool}, while {@code owner} is at work, and it does {@code giver}
     * meanwhile.
     */
    Job(
            Object job,
            @Nullable Object pool,
            Owner owner,
            @Nullable Job giver,
            boolean forked,
            boolean background,
            ReferenceQueue<@Nullable Object> garbage) {
        super(job, garbage);
        this.background = background;
        this.hash = System.identityHashCode(job);
        this.owner = owner;
        this.forked = forked;
        this.stack = forked && giver != null ? giver.stack : CallStack.current();
        this.first = giver == null ? stack : giver.first;
        this.pool = pool == null ? null : new WeakReference<>(pool);
        CompletableFuture<?> future = CompletionSteps.futureOf(job);
        this.completes = future == null ? null : new WeakReference<>(future);
    }

    /**
     * Whose it is: the owner for whom its giver worked. Null if a class initialiser gave it, or its pool is kept for
     * the whole JVM.
     */
    public @Nullable Owner owner() {
        return isInClassInitialiser() || isInKeptPool() ? null : owner;
    }

    private boolean isInKeptPool() {
        Boolean known = inKeptPool;
        if (known == null) {
            Object in = pool();
            Beginning made = in == null ? null : ThreadOrigins.ofExecutor(in);
            known = made != null && made.isKept();
            inKeptPool = known;
        }
        return known;
    }

    /** The owner for whom its giver worked, whoever is charged with it. */
    public Owner atWork() {
        return owner;
    }

    /** Whether a class initialiser was under way. */
    public boolean isInClassInitialiser() {
        return stack.isInClassInitialiser();
    }

    /** Whether it may go on when its owner's account is closed. */
    public boolean isBackground() {
        return background;
    }

    /** Whether it is a part of another job, which was forked. */
    public boolean isForked() {
        return forked;
    }

    /** The stack of its giver, from the first line of user code on; empty without such a line. */
    public List<StackTraceElement> fromUserCode() {
        return stack.fromUserCode();
    }

    /** The same of the first of the jobs that led to this one. */
    public List<StackTraceElement> fromUserCodeOfFirst() {
        return first.fromUserCode();
    }

    CallStack stack() {
        return stack;
    }

    /** The frame that gave it: the innermost one that is not a way of the JDK to give jobs for its caller. */
    public Optional<StackTraceElement> giver() {
        return new Origin(owner, stack).creator(JdkEvents.OF_JOBS);
    }

    /** Whether the JDK gave it for itself. */
    public boolean isOfJdk() {
        return giver().filter(Frames::isJdk).isPresent();
    }

    /** The frame of the JDK that was called to give it. */
    public Optional<StackTraceElement> called() {
        StackTraceElement last = null;
        for (StackTraceElement frame : stack.outsideOf(JdkEvents.OF_JOBS)) {
            if (!Frames.isJdk(frame)) {
                break;
            }
            last = frame;
        }
        return Optional.ofNullable(last);
    }

    /** The pool; null if it is not known, or is gone. */
    public @Nullable Object pool() {
        Thread by = worker;
        Object working = by == null ? null : Pools.of(by);
        return working != null || pool == null ? working : pool.get();
    }

    /** The {@code CompletableFuture} that it completes; null if it completes none, or that is gone. */
    public @Nullable CompletableFuture<?> completes() {
        return completes == null ? null : completes.get();
    }

    /** The thread that does it now; null if none does. */
    public @Nullable Thread worker() {
        return worker;
    }

    /**
     * Of the jobs with the same object, the first that nobody does; the current thread does it now. Null if there is
     * none.
     */
    @Nullable
    Job begin() {
        for (Job each = this; each != null; each = each.next) {
            if (WORKER.compareAndSet(each, null, Thread.currentThread())) {
                return each;
            }
        }
        return null;
    }

    /**
     * These jobs with the same object, and {@code job} before them; without it where there are too many to remember.
     */
    Job with(Job job) {
        if (others >= MOST_OF_ONE_OBJECT) {
            return this;
        }
        job.next = this;
        job.others = others + 1;
        return job;
    }

    /** These jobs with the same object, without one; null if that was the only one. */
    @Nullable
    Job without(Job job) {
        if (job == this) {
            return next;
        }
        for (Job each = this; each.next != null; each = each.next) {
            if (each.next == job) {
                each.next = job.next;
                break;
            }
        }
        return this;
    }

    /** The next job with the same object. */
    @Nullable
    Job next() {
        return next;
    }

    void end() {
        worker = null;
    }

    /** Whether it has not ended: it runs, or waits in its pool. */
    public boolean isPending() {
        Thread by = worker;
        if (by != null) {
            return by.isAlive();
        }
        Object job = get();
        Object in = pool();
        return job != null && !isForked() && (Pools.haveQueued(in, job) || mayBeUnderWay() && Pools.mayTake(in, job));
    }

    private boolean mayBeUnderWay() {
        return System.nanoTime() - givenAt < UNDER_WAY_NANOS;
    }

    /** Whether nobody has it, but it is so young that it may be on its way: or it was taken back. */
    public boolean isUncertain() {
        Object job = get();
        return worker == null && mayBeUnderWay() && job != null && !Pools.haveQueued(pool(), job);
    }

    /** In how many nanoseconds it begins, by itself; 0 if it runs, or only waits for a worker. */
    public long delayNanos() {
        Object job = get();
        return worker != null || job == null ? 0 : Pools.delayNanos(job);
    }

    /** Whether it is a coroutine of kotlinx. */
    public boolean isCoroutine() {
        return this instanceof CoroutineJob;
    }

    /** What of it runs, or is to run; null if that is gone. */
    public @Nullable Object part() {
        return get();
    }

    /** Where it goes on, from the innermost line; empty if it has not begun, or runs now. */
    public List<StackTraceElement> goesOnAt() {
        return List.of();
    }

    /** Whether it comes again and again. */
    public boolean isPeriodic() {
        Object job = get();
        return job != null && Pools.isPeriodic(job);
    }

    /** Whether its owner's account was closed since. */
    public boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }

    /** Notes that it is told; returns whether it was not told before. */
    public boolean tell() {
        boolean first = !told;
        told = true;
        return first;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Key key && refersTo(key.job)
                || other instanceof Job job && isOfSameObject(job);
    }

    private boolean isOfSameObject(Job other) {
        Object object = get();
        return object != null && other.refersTo(object);
    }

    /** Finds the job of an object in a map. */
    record Key(Object job) {

        @Override
        public int hashCode() {
            return System.identityHashCode(job);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Job known && known.refersTo(job);
        }
    }
}
