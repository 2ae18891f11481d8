package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.leak.detect.Patience;
import dev.asyncloop.leak.detect.Pause;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the platform threads, executors, child processes, class loaders and delayed commands that an owner began and
 * that are still there. Leaves them as they are.
 *
 * <p>A leftover that may be about to end gets a second to do so. A timer, or an idle executor that nobody shut down, is
 * not waited for.
 */
public final class BegunLeftovers {

    private static final long LINGER_MILLIS = 1_000;
    private static final long LONGEST_STEP_MILLIS = 50;
    private static final long JOIN_MILLIS = 50;

    /** How long the JDK's cleaner may take to shut down what the garbage collector has found. */
    private static final long CLEANER_MILLIS = 250;

    private final Owner owner;
    private final List<Leak> known;
    private final Patience patience;

    /** The detector that finds them when an account is closed. */
    public static final class Detection implements Detector {

        @Override
        public void find(Closing closing) {
            if (hasLeftNothing(closing.owner()) || closing.account().isOff(Sort.kinds())) {
                return;
            }
            closing.addAll(new BegunLeftovers(closing.owner(), closing.leaks(), closing::pause).find());
        }
    }

    /** {@code known} are the leaks that were found before, so that the same client or process is not found twice. */
    public BegunLeftovers(Owner owner, List<Leak> known, Pause pause) {
        this.owner = owner;
        this.known = known;
        this.patience = new Patience(pause);
    }

    private static boolean hasLeftNothing(Owner owner) {
        return ThreadOrigins.of(owner).isEmpty();
    }

    /** The leaks of those that are still there after they had time to end. */
    public List<Leak> find() {
        if (hasLeftNothing(owner)) {
            return List.of();
        }
        joinWorkers();
        waitWhileAny(Leftover::mayEnd, LINGER_MILLIS);
        boolean sure = true;
        if (isAny(Leftover::isPerhapsGarbage)) {
            sure = collectGarbage();
            waitWhileAny(Leftover::isPerhapsGarbage, sure ? CLEANER_MILLIS : 0);
        }
        patience.end();
        return leaks(sure);
    }

    /**
     * Waits for the workers of terminated executors: they only have to end, perhaps by an exception that is then noted.
     */
    private void joinWorkers() {
        for (Beginning beginning : ThreadOrigins.of(owner)) {
            if (beginning.get() instanceof ExecutorService executor && executor.isTerminated()) {
                for (Thread worker : Workers.of(executor)) {
                    patience.join(worker, JOIN_MILLIS);
                }
            }
        }
    }

    private List<Leak> leaks(boolean garbageWasCollected) {
        return left().filter(left -> garbageWasCollected || !left.isPerhapsGarbage())
                .map(Leftover::leak)
                .toList();
    }

    private Stream<Leftover> left() {
        return ThreadOrigins.of(owner).stream()
                .flatMap(Sort::leftoversOf)
                .filter(left -> known.stream().noneMatch(left::isPartOf));
    }

    private boolean isAny(Predicate<Leftover> what) {
        return left().anyMatch(what);
    }

    private void waitWhileAny(Predicate<Leftover> what, long limit) {
        patience.waitWhile(() -> isAny(what), limit, LONGEST_STEP_MILLIS);
    }

    /** Runs the garbage collector, and returns whether it ran: the JVM may have been told to ignore us. */
    private static boolean collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        System.gc();
        return garbage.refersTo(null);
    }
}
