package dev.asyncloop.leak.account;

import dev.asyncloop.leak.descriptors.DescriptorAccount;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.leak.detect.EndlessCallbacks;
import dev.asyncloop.leak.detect.JobExceptions;
import dev.asyncloop.leak.detect.PendingTasks;
import dev.asyncloop.leak.detect.PendingTimers;
import dev.asyncloop.leak.detect.TaskExceptions;
import dev.asyncloop.leak.detect.UncaughtExceptions;
import dev.asyncloop.leak.detect.UnclosedLoops;
import dev.asyncloop.leak.detect.UnfinishedGenerators;
import dev.asyncloop.leak.leftovers.CollectedClients;
import dev.asyncloop.leak.process.OwnersProcess;
import java.util.List;

/** Our own detectors, in the order in which they are asked. A new detector is one more line here. */
final class Detectors {

    private static final Detector UNCAUGHT_EXCEPTIONS = new UncaughtExceptions();
    private static final Detector JOB_EXCEPTIONS = new JobExceptions();
    private static final Detector COLLECTED_CLIENTS = new CollectedClients();
    private static final List<Detector> OF_FAILURES = List.of(new TaskExceptions());
    private static final List<Detector> OF_LOOPS = List.of(new UnclosedLoops());

    private Detectors() {}

    /** Detectors for an owner's loop that is not empty, after all that was ready has had its turns. */
    static List<Detector> ofWhatIsPending() {
        return List.of(
                new PendingTasks(), // first, since what a leaked task made hangs below the task
                new UnfinishedGenerators(),
                new PendingTimers());
    }

    /** Detectors for an owner's loop that does not run, before anything on it is cancelled. */
    static List<Detector> ofFailures() {
        return OF_FAILURES;
    }

    /** Detectors for an owner's loop after all that was cancelled has ended. */
    static List<Detector> ofWhatGoesOn() {
        return List.of(new EndlessCallbacks());
    }

    /** Detectors that may be asked while the account is suspended, so while others are at work. */
    static List<Detector> ofLoops() {
        return OF_LOOPS;
    }

    /** Detectors that are asked last, when the owner is at work again. */
    static List<Detector> ofTheProcess(DescriptorAccount descriptors) {
        return List.of(
                UNCAUGHT_EXCEPTIONS,
                new OwnersProcess(descriptors),
                descriptors,
                JOB_EXCEPTIONS, // of jobs that were waited for as well
                COLLECTED_CLIENTS,
                UNCAUGHT_EXCEPTIONS); // again, for threads that were waited for meanwhile
    }

    static void ask(List<Detector> detectors, Closing closing) {
        for (Detector detector : detectors) {
            detector.find(closing);
        }
    }
}
