package dev.asyncloop.leak.process;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.leak.detect.Patience;
import dev.asyncloop.leak.detect.Pause;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.leak.holders.Question;
import dev.asyncloop.origin.Owner;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What one owner left in the process: waits for what may end, asks who holds the rest, and then waits longer for what
 * nobody else holds. One thread.
 */
public final class LeftBehind {

    /** What is about to end mostly does so in less. Who holds the rest is asked then. */
    private static final long SHORT_MILLIS = 20;

    /** How long what began while others were waited for may take. */
    private static final long MILLIS_OF_NEW = 100;

    /** How long it takes to know whether a thing is there, which is not a matter of patience. */
    private static final long MILLIS_OF_UNCERTAIN = 100;

    private static final long LONGEST_STEP_MILLIS = 50;

    /** How long the JDK's cleaner may take to shut down what the garbage collector has found. */
    private static final long CLEANER_MILLIS = 250;

    private final List<? extends Leftovers> searches;
    private final Custody custody;
    private final Predicate<Leak> known;
    private final BiConsumer<Leftover, Leak> found;
    private final Patience patience;

    /** What was there at the first looks, the latest first: those know most of each thing. */
    private final Deque<Seen> first = new ArrayDeque<>();

    private record Seen(Leftover left, Leak leak) {}

    /** What may look like garbage and is none, since somebody refers to it; by identity. */
    private final Set<Object> certain = new HashSet<>();

    private boolean garbageWasCollected;

    /**
     * @param custody finds out who holds things
     * @param known whether a leak need not be waited for
     * @param found takes what is left behind
     * @param pause lets time pass
     */
    LeftBehind(
            List<? extends Leftovers> searches,
            Custody custody,
            Predicate<Leak> known,
            BiConsumer<Leftover, Leak> found,
            Pause pause) {
        this.searches = searches;
        this.custody = custody;
        this.known = known;
        this.found = found;
        this.patience = new Patience(pause);
    }

    /** Passes on what {@code owner} is found to have left after its account was closed. */
    public static void of(Owner owner, Leftovers search, BiConsumer<Leftover, Leak> found) {
        of(owner, search, found, Thread::sleep);
    }

    static void of(Owner owner, Leftovers search, BiConsumer<Leftover, Leak> found, Pause pause) {
        Custody custody = new Custody(owner, List.of(new Question.Place(owner, Surroundings.NONE)));
        new LeftBehind(List.of(search), custody, leak -> false, found, pause).find();
    }

    /** Passes on what is left behind and was not told before. */
    void find() {
        try {
            search();
        } finally {
            patience.end();
        }
    }

    private void search() {
        // each step looks anew: a list that stays in a local variable would keep what may be garbage
        if (!lookQuickly()) {
            return;
        }
        Set<Object> seen = waitShortly();
        if (seen.isEmpty()) {
            return;
        }
        lookAtAll();
        seen.addAll(waitLong());
        waitForNew(seen);
        collectGarbage();
        custody.settle(whole());
        custody.explain(whole());
        tell();
    }

    /** Asks those who are near who holds what is there. Returns whether anything is. */
    private boolean lookQuickly() {
        List<Leftover> now = now();
        if (now.isEmpty()) {
            return false;
        }
        now.removeIf(left -> known.test(left.leak()));
        remember(now);
        custody.settleQuickly(now);
        return true;
    }

    /** Asks all who holds what is there. */
    private void lookAtAll() {
        List<Leftover> whole = whole();
        remember(whole);
        custody.settle(whole);
    }

    /** Remembers what the garbage collector may take before the wait is over. */
    private void remember(List<Leftover> left) {
        for (Leftover each : left) {
            // what may be garbage would never be collected, and what is garbage already was collected before we looked
            if (!each.isPerhapsGarbage() && !each.isUnreachable()) {
                first.addFirst(new Seen(each, each.leak()));
            }
        }
    }

    private List<Leftover> now() {
        List<Leftover> now = new ArrayList<>();
        for (Leftovers each : searches) {
            now.addAll(each.now());
        }
        return now;
    }

    /** What is there now and not known, each thing with all its parts. */
    private List<Leftover> whole() {
        List<Leftover> whole = new ArrayList<>();
        for (Leftovers each : searches) {
            whole.addAll(each.whole(each.now()));
        }
        whole.removeIf(left -> known.test(left.leak()));
        return whole;
    }

    private Set<Object> waitShortly() {
        List<Leftover> now = now();
        new Wait(now, SHORT_MILLIS).run();
        return identities(now);
    }

    private Set<Object> waitLong() {
        List<Leftover> now = now();
        Wait wait = new Wait(now, Long.MAX_VALUE);
        wait.run();
        wait.noteInVain();
        return identities(now);
    }

    private void waitForNew(Set<Object> seen) {
        List<Leftover> fresh = now();
        fresh.removeIf(left -> seen.contains(left.identity()));
        new Wait(fresh, MILLIS_OF_NEW).run();
    }

    private static Set<Object> identities(List<Leftover> all) {
        Set<Object> identities = new HashSet<>();
        for (Leftover each : all) {
            identities.add(each.identity());
        }
        return identities;
    }

    /**
     * Finds out what of that which may be garbage is none. What somebody refers to is certainly none; for the rest the
     * garbage collector runs, which takes long. So that is not done any more for things of a stack on which enough time
     * was spent, which is said once.
     */
    private void collectGarbage() {
        certain.addAll(custody.reachable(now().stream()
                .filter(Leftover::isPerhapsGarbage)
                .filter(left -> !known.test(left.leak()))
                .toList()));
        List<Leak> rest = perhapsGarbage();
        if (rest.isEmpty()) {
            return;
        }
        if (rest.stream().noneMatch(custody.waits()::mayAsk)) {
            custody.waits().sayWhatIsLeftOut(rest.getFirst());
            return;
        }
        long start = System.nanoTime();
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        System.gc();
        garbageWasCollected = garbage.refersTo(null); // the JVM may have been told to ignore us
        long most = 0;
        for (Leak leak : garbageWasCollected ? rest : List.<Leak>of()) {
            most = Math.max(most, custody.waits().allow(leak, CLEANER_MILLIS));
        }
        patience.waitWhile(() -> !perhapsGarbage().isEmpty(), most, LONGEST_STEP_MILLIS);
        List<Leak> left = perhapsGarbage();
        custody.waits().spend(left, (System.nanoTime() - start) / 1_000_000);
        left.forEach(custody.waits()::inVain);
    }

    private List<Leak> perhapsGarbage() {
        return now().stream()
                .filter(this::isPerhapsGarbage)
                .map(Leftover::leak)
                .filter(known.negate())
                .toList();
    }

    private boolean isPerhapsGarbage(Leftover left) {
        return left.isPerhapsGarbage() && !certain.contains(left.identity());
    }

    private void tell() {
        for (Leftovers search : searches) {
            for (Leftover left : search.whole(search.now())) {
                if ((garbageWasCollected || !isPerhapsGarbage(left)) && left.isThere()) {
                    tell(left, left.leak());
                }
            }
        }
        for (Seen seen : first) { // nobody closed it but the collector, while we looked
            if (seen.left.wasCollected()) {
                tell(seen.left, seen.leak);
            }
        }
    }

    private void tell(Leftover left, Leak leak) {
        if (left.tell()) {
            found.accept(left, known.test(leak) ? leak : custody.describe(left, leak));
        }
    }

    /** A wait for some things. */
    private final class Wait {

        private final long start = System.nanoTime();
        private final List<Waited> things = new ArrayList<>();
        private List<Waited> rest;

        /** A thing that is waited for, and for how long. */
        private record Waited(Leftover left, Leak leak, long millis) {}

        Wait(List<Leftover> all, long most) {
            for (Leftover left : all) {
                Leak leak = left.leak();
                if (left.mayEnd() && !known.test(leak)) {
                    long millis = custody.waits().allow(leak, Math.min(most, left.patience()));
                    if (left.isUnreachable()) {
                        millis = Math.max(millis, custody.waits().allowCleaner(Math.min(most, CLEANER_MILLIS)));
                    }
                    things.add(new Waited(left, leak, millis));
                }
            }
            rest = things;
        }

        void run() {
            if (things.isEmpty()) {
                return;
            }
            long most = things.stream().mapToLong(Waited::millis).max().orElse(0);
            if (things.stream().anyMatch(each -> each.left.isUncertain())) {
                most = Math.max(most, MILLIS_OF_UNCERTAIN);
            }
            patience.waitWhile(this::goesOn, most, LONGEST_STEP_MILLIS);
            custody.waits().spend(leaks(rest), passed());
        }

        private boolean goesOn() {
            List<Waited> there = new ArrayList<>();
            List<Waited> ended = new ArrayList<>();
            for (Waited each : rest) {
                (each.left.isThere() ? there : ended).add(each);
            }
            long passed = passed();
            custody.waits().ended(leaks(ended), passed);
            rest = there;
            return rest.stream().anyMatch(each -> passed < each.millis || each.left.isUncertain());
        }

        private static List<Leak> leaks(List<Waited> things) {
            return things.stream().map(Waited::leak).toList();
        }

        private long passed() {
            return (System.nanoTime() - start) / 1_000_000;
        }

        /** Notes what did not end. */
        void noteInVain() {
            rest.forEach(each -> custody.waits().inVain(each.leak));
            if (rest.stream().anyMatch(each -> each.left.isUnreachable())) {
                custody.waits().spendOnCleaner(passed());
            }
        }
    }
}
