package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.JobsOfUsers;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Patience;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Job;
import dev.asyncloop.text.TypeNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A job that was given to an executor and has not ended. */
record LeftoverJob(Job job) implements Leftover {

    static final String FIX =
            "wait for its future, or cancel it and wait until it has ended; or give it by Leaks.background";
    private static final String FIX_OF_COROUTINE =
            "join it, or cancel it or its scope and wait until it has ended; or launch it in Leaks.background";
    private static final String FIX_OF_PERIODIC = "cancel its future, or give it by Leaks.background";

    @Override
    public Leak leak() {
        Thread worker = job.worker();
        Object pool = job.pool();
        long delay = job.delayNanos();
        return new Leak(
                LeakKind.PENDING_JOB,
                new Subject.Job(
                        job.isCoroutine(),
                        pool == null ? "" : TypeNames.of(pool.getClass()),
                        pool == ForkJoinPool.commonPool(),
                        worker == null ? "" : worker.getName(),
                        job.isPeriodic(),
                        delay == 0 ? null : Duration.ofNanos(delay)),
                JobsOfUsers.linesOf(job),
                worker == null ? job.goesOnAt() : CallStack.userCode(List.of(worker.getStackTrace())),
                job.isCoroutine() ? FIX_OF_COROUTINE : job.isPeriodic() ? FIX_OF_PERIODIC : FIX,
                null,
                null);
    }

    @Override
    public Object identity() {
        return job;
    }

    @Override
    public boolean isThere() {
        return job.isPending();
    }

    /** One that comes again does not end, and one that is due later than anybody waits has not begun. */
    @Override
    public boolean mayEnd() {
        return !job.isPeriodic() && job.delayNanos() < TimeUnit.MILLISECONDS.toNanos(Patience.MILLIS);
    }

    @Override
    public boolean isUncertain() {
        return job.isUncertain();
    }

    @Override
    public boolean tell() {
        return job.tell();
    }
}
