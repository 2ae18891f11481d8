package dev.asyncloop.leak;

import dev.asyncloop.jdk.Workers;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The platform threads, executors, child processes, class loaders and delayed commands that an owner began and that are still there. They
 * are left as they are.
 *
 * <p>What may be about to end gets a second to do so; a timer or an idle executor that nobody shut down is none of that.
 */
final class LeftThreads {

    /** As what it is found. */
    static final LeakKind[] KINDS = {
        LeakKind.PLATFORM_THREAD,
        LeakKind.EXECUTOR,
        LeakKind.CHILD_PROCESS,
        LeakKind.FILE_DESCRIPTOR,
        LeakKind.PENDING_TIMER
    };

    private static final long LINGER_MILLIS = 1_000;
    private static final long LONGEST_STEP_MILLIS = 50;
    private static final long JOIN_MILLIS = 50;

    /** How long the JDK's cleaner may take to shut down what the garbage collector found. */
    private static final long CLEANER_MILLIS = 250;

    private final Owner owner;
    private final List<Leak> known;
    private final Descriptors.Pause pause;
    private boolean interrupted;

    /** {@code known} is what was found before, so that the same client or process is not found again. */
    LeftThreads(Owner owner, List<Leak> known, Descriptors.Pause pause) {
        this.owner = owner;
        this.known = known;
        this.pause = pause;
    }

    List<Leak> find() {
        if (ThreadOrigins.of(owner).isEmpty()) {
            return List.of();
        }
        joinWorkers();
        waitWhileAny(Left::mayEnd, LINGER_MILLIS);
        boolean sure = true;
        if (isAny(Left::isPerhapsGarbage)) {
            sure = collectGarbage();
            waitWhileAny(Left::isPerhapsGarbage, sure ? CLEANER_MILLIS : 0);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return leaks(sure);
    }

    /** Those of an executor that is terminated have nothing left to do but to end, perhaps by telling what they ended by. */
    private void joinWorkers() {
        for (Beginning beginning : ThreadOrigins.of(owner)) {
            if (beginning.get() instanceof ExecutorService executor && executor.isTerminated()) {
                for (Thread worker : Workers.of(executor)) {
                    try {
                        worker.join(JOIN_MILLIS);
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                }
            }
        }
    }

    private List<Leak> leaks(boolean evenWithoutThread) {
        return left().filter(left -> evenWithoutThread || !left.isPerhapsGarbage())
                .map(Left::leak)
                .toList();
    }

    private Stream<Left> left() {
        return ThreadOrigins.of(owner).stream()
                .flatMap(Left::of)
                .filter(left -> known.stream().noneMatch(left::isPartOf));
    }

    private boolean isAny(Predicate<Left> what) {
        return left().anyMatch(what);
    }

    private void waitWhileAny(Predicate<Left> what, long limit) {
        long step = 1;
        for (long waited = 0; waited < limit && isAny(what); waited += step, step *= 2) {
            step = Math.min(step, Math.min(LONGEST_STEP_MILLIS, limit - waited));
            try {
                pause.pause(step);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
    }

    /** Whether the collector ran: the JVM may have been told not to heed us. */
    private static boolean collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        System.gc();
        return garbage.refersTo(null);
    }
}
