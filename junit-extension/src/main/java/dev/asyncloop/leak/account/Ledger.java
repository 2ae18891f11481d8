package dev.asyncloop.leak.account;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.descriptors.DescriptorAccount;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.LoopLeftovers;
import dev.asyncloop.leak.detect.SeenFailures;
import dev.asyncloop.leak.detect.UncaughtExceptions;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.CombinedFutures;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The account of one owner, a test or a test class: opened before it starts, closed after all of its tear-down.
 *
 * <p>Everything is charged to the owner that created it, and once. One thread at a time.
 */
public final class Ledger {

    private static final Set<Ledger> OPEN = ConcurrentHashMap.newKeySet();

    static {
        // before anything can happen of which somebody keeps account
        CombinedFutures.install();
        ThreadOrigins.install(CurrentOwner::get);
        ThreadOrigins.keep(KeptForAll.libraries());
        UncaughtExceptions.listen();
    }

    private final Owner owner;
    private final @Nullable Ledger parent;

    /** Whether its owner serves others, and is at work for itself only while not suspended. */
    private final boolean serves;

    private final Judge judge;
    private final DetectorsOfOthers others;
    private final DescriptorAccount descriptors;
    private final SeenFailures seen = new SeenFailures();

    private volatile LateReports late = LateReports.NONE;

    /** Whether others than the owner are at work, as during a gap of {@link #descriptors}. Read by any thread. */
    private volatile boolean suspended;

    /** Another owner was active at the same time, so that only what is known to be of one can be charged to it. */
    private volatile boolean overlapped;

    private Ledger(Owner owner, @Nullable Ledger parent, boolean serves, Judge judge) {
        this.owner = owner;
        this.parent = parent;
        this.serves = serves;
        this.suspended = serves;
        this.judge = judge;
        this.others = DetectorsOfOthers.begin(owner);
        this.descriptors = new DescriptorAccount(ownersAtWork());
    }

    /**
     * The owners of the accounts that are open and not suspended; nobody where none of them is to hear of descriptors.
     */
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
     * @param parent the account of the class of a test, or of whatever else surrounds it
     * @param judge what becomes of what it leaves behind
     */
    public static Ledger open(Owner owner, @Nullable Ledger parent, Judge judge) {
        Ledger ledger = new Ledger(owner, parent, false, judge);
        OPEN.add(ledger);
        ledger.noteOverlaps();
        return ledger;
    }

    /**
     * Opens the account of what others use, such as a fixture or a loop that classes share. It is suspended, as it is
     * while it only serves them: a test beside it counts as running alone. Any thread.
     *
     * @param parent the account of what it is made for, if it is for one
     * @param judge what becomes of what it leaves behind
     */
    public static Ledger ofServant(Owner owner, @Nullable Ledger parent, Judge judge) {
        Ledger ledger = new Ledger(owner, parent, true, judge);
        OPEN.add(ledger);
        return ledger;
    }

    /** Who is at work at the same time, and is not around this one. */
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

    /** What is opened from now on is somebody else's, such as another extension's, until {@link #resume}. */
    public void suspend() {
        if (!suspended) {
            descriptors.beginGap(ownersAtWork());
            suspended = true;
        }
    }

    /** Ends what {@link #suspend} began, if it did. */
    public void resume() {
        if (suspended) {
            descriptors.endGap(ownersAtWork());
            suspended = false;
            if (serves) {
                noteOverlaps();
            }
        }
    }

    /** What is found once this account is closed goes to {@code late} too. */
    public void reportLateTo(LateReports late) {
        this.late = late;
    }

    /** The owner failed with this. Its causes and what is suppressed in it are told with it, and so are no leaks. */
    public void failedWith(Throwable failure) {
        seen.add(failure);
    }

    /**
     * Closes the account: notes what the owner left behind and gets rid of it, so that what comes next starts clean.
     *
     * @param own the loop that the owner ran on, still open, so that it can run while something on it may still end;
     *     null if there is none. A loop that a thread still runs is left alone
     */
    public LeakReport close(@Nullable EventLoop own) {
        Closing closing = new Closing(new Facts(), own);
        try {
            LoopLeftovers onLoop = closing.onLoop();
            if (onLoop != null) {
                settle(onLoop, closing);
            }
            Detectors.ask(Detectors.ofLoops(), closing);
            resume();
            Detectors.ask(Detectors.ofTheProcess(descriptors), closing);
            closing.addAll(others.end());
        } finally {
            OPEN.remove(this);
            ThreadOrigins.settle(owner);
        }
        LeakReport report = judge.judge(owner.name(), closing.leaks());
        if (!report.failing().isEmpty()
                || !report.warnings().isEmpty()
                || !report.known().isEmpty()) {
            AfterTheLast.mayHear(owner, judge, late);
        }
        AfterTheLast.report(OPEN::isEmpty, late);
        return report;
    }

    /** Finds what is left on the owner's loop, and gets rid of it. */
    private void settle(LoopLeftovers left, Closing closing) {
        boolean clean = left.isEmpty();
        if (!clean) {
            left.settle();
            Detectors.ask(Detectors.ofWhatIsPending(), closing);
        }
        Detectors.ask(Detectors.ofFailures(), closing);
        if (!clean) {
            List<Task<?>> survivors = left.cancel();
            survivors.forEach(this::noteSurvivor);
            if (survivors.isEmpty()) { // or else one of them may be who schedules it
                Detectors.ask(Detectors.ofWhatGoesOn(), closing);
            }
            left.cancelHandles();
        }
    }

    private void noteSurvivor(Task<?> task) {
        Log.log(Level.WARNING, owner + " left " + task + ", which ignores its cancellation");
    }

    /** What detectors may ask of this account. */
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
