package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Job;
import dev.asyncloop.registers.JobFailure;
import dev.asyncloop.registers.JobOrigins;
import java.util.List;

/** Finds the exceptions of jobs in executors that only their futures know, and that nobody asked. */
public final class JobExceptions implements Detector {

    private static final String FIX = "ask the job's future, and expect the exception, or handle it in the job";

    @Override
    public void find(Closing closing) {
        for (JobFailure failure : JobOrigins.takeFailures(closing.owner())) {
            Job job = failure.job();
            if (!closing.account().seen().contain(failure.thrown())
                    && !UncaughtExceptions.isEnd(failure.thrown())
                    && (job == null
                            || JobsOfUsers.contain(job)
                            || JobsOfUsers.hasCodeOfProject(failure.thrown().getStackTrace()))) {
                closing.add(leak(failure));
            }
        }
    }

    private static Leak leak(JobFailure failure) {
        Job job = failure.job();
        return new Leak(
                LeakKind.TASK_EXCEPTION,
                new Subject.JobFailure(SeenFailures.said(failure.thrown())),
                job == null ? List.of() : JobsOfUsers.linesOf(job),
                CallStack.userCode(List.of(failure.thrown().getStackTrace())),
                FIX,
                null,
                failure.thrown());
    }
}
