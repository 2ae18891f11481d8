package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.JobsOfUsers;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.text.TypeNames;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A job that has a thread of its own, which the executor that was given the job started for it. */
record LeftoverWorker(Thread thread, Executor executor, Beginning beginning) implements Begun {

    /**
     * The job that began there for {@code owner}; empty if it is none, or has ended. Those of an executor of platform
     * threads that the owner made are told with the executor.
     */
    static Optional<Leftover> of(Beginning beginning, Owner owner) {
        if (!(beginning.get() instanceof Thread thread) || !thread.isAlive()) {
            return Optional.empty();
        }
        Executor executor = Workers.ofOneTask(thread);
        if (executor == null
                || KeptForAll.contains(beginning, List.of(thread))
                || !JobsOfUsers.contain(beginning, thread)) {
            return Optional.empty();
        }
        boolean isTold = !thread.isVirtual() && JobLeftovers.isMadeBy(owner, executor);
        return isTold ? Optional.empty() : Optional.of(new LeftoverWorker(thread, executor, beginning));
    }

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.PENDING_JOB,
                new Subject.Job(false, TypeNames.of(executor.getClass()), false, name(), false, null),
                beginning.fromUserCode(),
                CallStack.userCode(List.of(thread.getStackTrace())),
                LeftoverJob.FIX,
                null,
                null);
    }

    /** A virtual thread mostly has no name. */
    private String name() {
        return thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
    }

    @Override
    public boolean isThere() {
        return thread.isAlive();
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    @Override
    public boolean endsWithItsHolder() {
        return false;
    }
}
