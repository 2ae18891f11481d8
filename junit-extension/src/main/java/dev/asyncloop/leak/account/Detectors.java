package dev.asyncloop.leak.account;

import dev.asyncloop.leak.descriptors.DescriptorAccount;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.leak.detect.EndlessCallbacks;
import dev.asyncloop.leak.detect.PendingTasks;
import dev.asyncloop.leak.detect.PendingTimers;
import dev.asyncloop.leak.detect.TaskExceptions;
import dev.asyncloop.leak.detect.UncaughtExceptions;
import dev.asyncloop.leak.detect.UnclosedLoops;
import dev.asyncloop.leak.detect.UnfinishedGenerators;
import dev.asyncloop.leak.holders.BegunLeftovers;
import java.util.List;

/** Our own detectors, in the order in which they are asked. One more of them is one more line here. */
final class Detectors {

    private static final Detector UNCAUGHT_EXCEPTIONS = new UncaughtExceptions();
    private static final Detector BEGUN_LEFTOVERS = new BegunLeftovers.Detection();
    private static final List<Detector> OF_FAILURES = List.of(new TaskExceptions());
    private static final List<Detector> OF_LOOPS = List.of(new UnclosedLoops());

    private Detectors() {}

    /** Asked where something is left on the owner's loop, and all that is ready had its turns. */
    static List<Detector> ofWhatIsPending() {
        return List.of(
                new PendingTasks(), // before the others, since what a leaked task made hangs below it
                new UnfinishedGenerators(),
                new PendingTimers());
    }

    /** Asked where there is a loop of the owner that does not run, before anything on it is cancelled. */
    static List<Detector> ofFailures() {
        return OF_FAILURES;
    }

    /** Asked where all that was cancelled has ended. */
    static List<Detector> ofWhatGoesOn() {
        return List.of(new EndlessCallbacks());
    }

    /** Asked while others may still be at work, as they are when an account is closed that is suspended. */
    static List<Detector> ofLoops() {
        return OF_LOOPS;
    }

    /** Asked last, when the owner is at work again. */
    static List<Detector> ofTheProcess(DescriptorAccount descriptors) {
        return List.of(
                UNCAUGHT_EXCEPTIONS,
                descriptors,
                BEGUN_LEFTOVERS,
                UNCAUGHT_EXCEPTIONS); // of threads that were waited for
    }

    static void ask(List<Detector> detectors, Closing closing) {
        for (Detector detector : detectors) {
            detector.find(closing);
        }
    }
}
