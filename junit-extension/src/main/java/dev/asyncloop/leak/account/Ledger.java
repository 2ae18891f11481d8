package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.descriptors.DescriptorAccount;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.LoopLeftovers;
import dev.asyncloop.leak.detect.SeenFailures;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The account of one owner, such as a test or a test class. It is opened before the owner starts, and closed after all
 * tear-down.
 *
 * <p>Each thing is charged once, to the owner that created it. Used by one thread at a time.
 */
public final class Ledger {

    private static final Set<Ledger> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Hooks.insert();
    }

    private final Owner owner;
    private final @Nullable Ledger parent;

    /** Whether the owner serves others, as a fixture does. Such an owner is at work only while it is not suspended. */
    private final boolean serves;

    private final Judge judge;
    private final DetectorsOfOthers others;
    private final DescriptorAccount descriptors;
    private final SeenFailures seen = new SeenFailures();

    private Surroundings surroundings = Surroundings.NONE;

    /** Set before the account is closed. Any thread. */
    private volatile LateReports late = LateReports.NONE;

    /**
     * Whether others are at work and the owner is not, which is a gap of {@link #descriptors}. Written by the account's
     * thread, read by any.
     */
    private volatile boolean suspended;

    /**
     * Whether another owner was at work at the same time. Then only a thing whose creator is known is charged to this
     * owner. Any thread.
     */
    private volatile boolean overlapped;

    private Ledger(Owner owner, @Nullable Ledger parent, boolean serves, Judge judge) {
        this.owner = owner;
        this.parent = parent;
        this.serves = serves;
        this.suspended = serves;
        this.judge = judge;
        this.others = DetectorsOfOthers.begin(owner);
        this.descriptors = new DescriptorAccount(owner, ownersAtWork());
    }

    /** The owners of the open accounts that are not suspended; empty if none of them looks for descriptors. */
    private static List<Owner> ownersAtWork() {
        List<Owner> owners = new ArrayList<>(OPEN.size());
        boolean off = true;
        for (Ledger ledger : OPEN) {
            if (!ledger.suspended) {
                owners.add(ledger.owner);
                off &= ledger.judge.isOff(LeakKind.FILE_DESCRIPTOR);
            }
        }
        return off ? List.of() : owners;
    }

    /**
     * Opens the account of {@code owner}. Any thread.
     *
     * @param parent the account around it, such as that of a test's class
     * @param judge decides what becomes of the leaks
     */
    public static Ledger open(Owner owner, @Nullable Ledger parent, Judge judge) {
        Ledger ledger = new Ledger(owner, parent, false, judge);
        OPEN.add(ledger);
        ledger.noteOverlaps();
        return ledger;
    }

    /**
     * Opens the account of an owner that serves others, such as a fixture or a loop that classes share. The account
     * begins suspended, and is suspended whenever its owner only serves: a test that is served counts as running alone.
     * Any thread.
     *
     * @param parent the account that the servant belongs to, if there is one
     * @param judge decides what becomes of the leaks
     */
    public static Ledger ofServant(Owner owner, @Nullable Ledger parent, Judge judge) {
        Ledger ledger = new Ledger(owner, parent, true, judge);
        OPEN.add(ledger);
        return ledger;
    }

    /** Marks this account and each that overlaps with it: both are at work, and neither surrounds the other. */
    private void noteOverlaps() {
        for (Ledger other : OPEN) {
            boolean serving = other.suspended && (serves || other.serves);
            if (other != this && !serving && !isWithin(other)) {
                other.overlapped = true;
                overlapped = true;
            }
        }
    }

    private boolean isWithin(Ledger other) {
        return parent != null && (parent == other || parent.isWithin(other));
    }

    /** Suspends the account: until {@link #resume}, what is opened belongs to others, such as another extension. */
    public void suspend() {
        if (!suspended) {
            descriptors.beginGap(ownersAtWork());
            suspended = true;
        }
    }

    /** Resumes the account. Does nothing if it is not suspended. */
    public void resume() {
        if (suspended) {
            descriptors.endGap(ownersAtWork());
            suspended = false;
            if (serves) {
                noteOverlaps();
            }
        }
    }

    /** Sets where the owner keeps things. */
    public void keepsThingsIn(Surroundings places) {
        this.surroundings = places;
    }

    /** Sets who gets reports of leaks that are found after this account is closed. */
    public void reportLateTo(LateReports late) {
        this.late = late;
    }

    /**
     * Notes that the owner failed with {@code failure}. The user sees it anyway, with its causes and suppressed
     * exceptions, so none of these is reported as a leak.
     */
    public void failedWith(Throwable failure) {
        seen.add(failure);
    }

    /**
     * Closes the account: finds what the owner left behind and cleans it up, so that whatever comes next starts clean.
     *
     * @param own the owner's loop; null if there is none. It is still open, and is run here while something on it may
     *     end by itself. A loop that a thread still runs is left alone
     */
    public LeakReport close(@Nullable EventLoop own) {
        Closing closing = new Closing(new Facts(), own);
        try {
            LoopLeftovers onLoop = closing.onLoop();
            if (onLoop != null) {
                cleanUp(onLoop, closing);
            }
            Detectors.ask(Detectors.ofLoops(), closing);
            resume();
            Detectors.ask(Detectors.ofTheProcess(descriptors), closing);
            closing.addAll(others.end());
        } finally {
            OPEN.remove(this);
            ThreadOrigins.settle(owner);
            JobOrigins.settle(owner);
        }
        LeakReport report = judge.judge(owner.name(), TestLines.in(closing.leaks(), owner), closing.kept());
        if (!report.failing().isEmpty()
                || !report.warnings().isEmpty()
                || !report.known().isEmpty()) {
            AfterTheLast.expectMoreOf(owner, judge, late);
        }
        AfterTheLast.report(OPEN::isEmpty, late);
        return report;
    }

    /** Finds what is left on the owner's loop, and cleans it up. */
    private void cleanUp(LoopLeftovers left, Closing closing) {
        boolean clean = left.isEmpty();
        if (!clean) {
            left.settle();
            Detectors.ask(Detectors.ofWhatIsPending(), closing);
        }
        Detectors.ask(Detectors.ofFailures(), closing);
        if (!clean) {
            List<Task<?>> survivors = left.cancel();
            survivors.forEach(this::noteSurvivor);
            if (survivors.isEmpty()) { // a survivor may be what schedules a callback again and again
                Detectors.ask(Detectors.ofWhatGoesOn(), closing);
            }
            left.cancelHandles();
        }
    }

    private void noteSurvivor(Task<?> task) {
        Log.log(Level.WARNING, owner + " left " + task + ", which ignores its cancellation");
    }

    /** What this account tells its detectors. */
    private final class Facts implements Closing.Account {

        @Override
        public Owner owner() {
            return owner;
        }

        @Override
        public List<Owner> lineage() {
            List<Owner> owners = new ArrayList<>();
            for (Ledger ledger = Ledger.this; ledger != null; ledger = ledger.parent) {
                owners.add(ledger.owner);
            }
            return owners;
        }

        @Override
        public List<Surroundings> surroundings() {
            List<Surroundings> all = new ArrayList<>();
            for (Ledger ledger = Ledger.this; ledger != null; ledger = ledger.parent) {
                all.add(ledger.surroundings);
            }
            return all;
        }

        @Override
        public boolean letsPass(Leak leak) {
            return judge.letsPass(leak);
        }

        @Override
        public List<Owner> atWork() {
            return ownersAtWork();
        }

        @Override
        public boolean isAlone() {
            return !overlapped;
        }

        @Override
        public boolean isOff(LeakKind... kinds) {
            return judge.isOff(kinds);
        }

        @Override
        public SeenFailures seen() {
            return seen;
        }
    }
}
