package dev.asyncloop.registers;

import dev.asyncloop.agent.Hook;
import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.origin.Owner;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The register of the coroutines of kotlinx that owners launched and that are not over. Where there is none, it costs a
 * look. Any thread; it waits for nothing.
 */
final class CoroutineJobs {

    private final ConcurrentMap<Object, CoroutineJob> jobs = new ConcurrentHashMap<>();
    private final ReferenceQueue<@Nullable Object> garbage = new ReferenceQueue<>();
    private final GivenJobs given;
    private final Supplier<? extends @Nullable Owner> ownerAtWork;

    /**
     * Creates a register.
     *
     * @param given knows what each thread does
     * @param ownerAtWork returns the owner that the current thread works for
     */
    CoroutineJobs(GivenJobs given, Supplier<? extends @Nullable Owner> ownerAtWork) {
        this.given = given;
        this.ownerAtWork = ownerAtWork;
    }

    /** The current thread launches a coroutine. */
    void launched(Object coroutine) {
        Owner owner = ownerAtWork.get();
        if (owner != null && ObjectFields.areReadable()) {
            forgetGarbage();
            CoroutineJob job = new CoroutineJob(coroutine, owner, given.isBackground(), garbage);
            jobs.putIfAbsent(job, job);
        }
    }

    private void forgetGarbage() {
        for (Reference<?> each = garbage.poll(); each != null; each = garbage.poll()) {
            jobs.remove(each);
        }
    }

    /**
     * Something is handed to a dispatcher or an executor. Returns whether that was a part of a coroutine that is known.
     */
    boolean dispatched(Object what, @Nullable Object by) {
        if (by == null || jobs.isEmpty()) {
            return false;
        }
        CoroutineJob job = of(what);
        if (job != null) {
            job.dispatched(what, by);
        }
        return job != null;
    }

    /** The current thread goes on with a part of a coroutine. */
    void resumed(Object part) {
        CoroutineJob job = jobs.isEmpty() ? null : of(part);
        if (job != null) {
            job.resumed(part);
        }
        given.goOn(part, job);
    }

    private @Nullable CoroutineJob of(Object part) {
        return CoroutineParts.find(part, coroutine -> jobs.get(new Job.Key(coroutine)));
    }

    /** A coroutine is over. */
    void completed(Object coroutine) {
        if (!jobs.isEmpty()) {
            jobs.remove(new Job.Key(coroutine));
        }
    }

    /** The coroutines that somebody launched for {@code owner} and that run, are delayed or wait in a dispatcher. */
    List<Job> of(Owner owner) {
        List<Job> pending = new ArrayList<>();
        for (CoroutineJob job : jobs.values()) {
            if (job.atWork() == owner && job.isPending()) {
                pending.add(job);
            }
        }
        return pending;
    }

    /** The place that this version of kotlinx does not have, so that it cannot be told which coroutines are pending. */
    static Optional<Hook> missing() {
        return JdkEvents.JOBS.missingInLibraries().stream().findFirst();
    }
}
