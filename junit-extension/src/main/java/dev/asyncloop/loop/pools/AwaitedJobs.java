package dev.asyncloop.loop.pools;

import dev.asyncloop.jdk.CompletionSteps;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Promises;
import dev.asyncloop.registers.Job;
import dev.asyncloop.registers.JobOrigins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the jobs that somebody waits for, as it is at one moment. One thread.
 *
 * <p>What a {@code FutureTask}, a {@code ForkJoinTask} or a library's like of them is waited for by is the job itself. From
 * a {@code CompletableFuture} no way leads to the job that completes it, so all jobs are asked what follows from them.
 */
final class AwaitedJobs {

    /** How many of the futures that {@code gather} and the like need are looked at. */
    private static final int NEEDED = 20;

    private final int most;
    private @Nullable Map<Object, List<Awaited>> following;

    /**
     * Somebody waits for {@code job}.
     *
     * @param only whether nothing else can end that wait, as long as nobody completes or cancels a future by hand
     */
    record Awaited(Job job, boolean only) {}

    /** {@code most} says how many jobs, and how many futures of each, are looked at. */
    AwaitedJobs(int most) {
        this.most = most;
    }

    /** The jobs that {@code task} waits for, as far as that can be known. */
    List<Awaited> of(Coroutine task) {
        Promise<?> future = task.waitingFor();
        if (future == null) {
            return task.core().suspendsAnyWait() ? of(task.thread()) : List.of();
        }
        Collection<? extends Promise<?>> needed = Promises.needs(future);
        if (needed == null) {
            return of(Promises.source(future));
        }
        List<Awaited> all = new ArrayList<>();
        needed.stream().limit(NEEDED).forEach(each -> all.addAll(of(Promises.source(each))));
        return all;
    }

    /** The jobs that a thread waits for. */
    List<Awaited> of(Thread waiting) {
        Object blocker = LockSupport.getBlocker(waiting);
        return blocker == null ? List.of() : of(blocker);
    }

    /** The jobs that end the wait for a future, or that of the thread whose blocker {@code awaited} is. */
    List<Awaited> of(Object awaited) {
        Job job = JobOrigins.known(awaited);
        if (job != null) {
            return List.of(new Awaited(job, true));
        }
        return awaited instanceof CompletionStage<?> || CompletionSteps.isSignaller(awaited)
                ? following().getOrDefault(awaited, List.of())
                : List.of();
    }

    private Map<Object, List<Awaited>> following() {
        Map<Object, List<Awaited>> known = following;
        if (known == null) {
            known = new IdentityHashMap<>();
            for (Job job : JobOrigins.first(most)) {
                CompletableFuture<?> completes = job.completes();
                if (completes != null) {
                    addFollowing(job, completes, known);
                }
            }
            following = known;
        }
        return known;
    }

    private void addFollowing(Job job, CompletableFuture<?> completes, Map<Object, List<Awaited>> all) {
        CompletionSteps.after(completes, most)
                .forEach((end, only) ->
                        all.computeIfAbsent(end, none -> new ArrayList<>()).add(new Awaited(job, only)));
    }
}
