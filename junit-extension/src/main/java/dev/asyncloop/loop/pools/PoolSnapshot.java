package dev.asyncloop.loop.pools;

import dev.asyncloop.origin.Owner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pool was at one moment.
 *
 * @param type the simple name of its class
 * @param common whether it is the JVM's common pool
 * @param threads the names of its threads
 * @param working those of them that do jobs
 * @param queue what waits in it
 * @param waiting who waits for its jobs
 */
record PoolSnapshot(
        String type, boolean common, List<String> threads, List<Worker> working, Queue queue, List<Waiting> waiting) {

    /**
     * A thread of a pool that does a job.
     *
     * @param thread its name
     * @param owner who gave the job; null if that is nobody known
     * @param call the method of the JDK that it waits in; empty if it runs
     * @param awaits what the job waits for, if that is a job as well; null if it is not
     * @param given where the job was given, from the first line of user code on
     * @param waiting where it is, from the first line of user code on
     */
    record Worker(
            String thread,
            @Nullable Owner owner,
            String call,
            @Nullable Place awaits,
            List<StackTraceElement> given,
            List<StackTraceElement> waiting) {}

    /** Where a job is, as seen from the pool of whoever waits for it. */
    enum Place {
        /** In the queue of the same pool. */
        QUEUED_HERE,
        /** In the queue of another pool. */
        QUEUED_ELSEWHERE,
        /** A thread does it. */
        UNDER_WAY
    }

    /**
     * The jobs that wait in a pool.
     *
     * @param jobs how many there are
     * @param seen how many of them were looked at
     * @param delayed how many of those are not due
     * @param owners who gave how many of those; the key is null for those that nobody known gave
     */
    record Queue(long jobs, int seen, int delayed, Map<@Nullable Owner, Integer> owners) {}

    /**
     * A task waits for a job of a pool.
     *
     * @param task what messages call it
     * @param thread the name of the thread that does the job; null if none does
     */
    record Waiting(String task, @Nullable String thread) {}

    /** Whether it has to do with {@code owners}: one of them gave a job that is there, or a task waits for one. */
    boolean concerns(List<Owner> owners) {
        return !waiting.isEmpty()
                || working.stream().anyMatch(worker -> owners.contains(worker.owner()))
                || queue.owners().keySet().stream().anyMatch(owners::contains);
    }
}
