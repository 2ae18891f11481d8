package dev.asyncloop.leak;

import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.ExceptionContext;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.CombinedFutures;
import dev.asyncloop.registers.ThreadOrigins;
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

    private final LeakPolicy policy;
    private final Detectors detectors;
    private final DescriptorSnapshot before;
    private final List<Leak> leaks = new ArrayList<>();
    private final SeenFailures seen = new SeenFailures();

    /** The times in which others than the owner were at work. */
    private final List<Gap> gaps = new ArrayList<>();

    private volatile LateReports late = LateReports.NONE;

    /** When the present gap began, null where there is none. */
    private @Nullable DescriptorSnapshot gapFrom;

    /** Whether there is a gap. Read by any thread. */
    private volatile boolean suspended;

    /** Another owner was active at the same time, so that only what is known to be of one can be charged to it. */
    private volatile boolean overlapped;

    private record Gap(DescriptorSnapshot from, DescriptorSnapshot to) {

        boolean contains(Descriptor descriptor) {
            return from.isBetween(to, descriptor);
        }
    }

    private Ledger(Owner owner, @Nullable Ledger parent, boolean serves, LeakPolicy policy) {
        this.owner = owner;
        this.parent = parent;
        this.serves = serves;
        this.suspended = serves;
        this.policy = policy;
        this.detectors = Detectors.begin(owner);
        this.before = ProcessDescriptors.INSTANCE.snapshot(atWork());
    }

    /** The owners of the accounts that are open and not suspended; nobody where none of them is to hear of descriptors. */
    private static List<Owner> atWork() {
        List<Owner> owners = new ArrayList<>(OPEN.size());
        boolean off = true;
        for (Ledger ledger : OPEN) {
            if (!ledger.suspended) {
                owners.add(ledger.owner);
                off &= ledger.policy.isOff(LeakKind.FILE_DESCRIPTOR);
            }
        }
        return off ? List.of() : owners;
    }

    /**
     * Opens the account of {@code owner}. Any thread.
     *
     * @param parent the account of the class of a test, or of whatever else surrounds it
     * @param policy what becomes of what it leaves behind
     */
    public static Ledger open(Owner owner, @Nullable Ledger parent, LeakPolicy policy) {
        Ledger ledger = new Ledger(owner, parent, false, policy);
        OPEN.add(ledger);
        ledger.noteOverlaps();
        return ledger;
    }

    /**
     * Opens the account of what others use, such as a fixture or a loop that classes share. It is suspended, as it is while it only serves
     * them: a test beside it counts as running alone. Any thread.
     *
     * @param parent the account of what it is made for, if it is for one
     * @param policy what becomes of what it leaves behind
     */
    public static Ledger ofServant(Owner owner, @Nullable Ledger parent, LeakPolicy policy) {
        Ledger ledger = new Ledger(owner, parent, true, policy);
        ledger.gapFrom = ledger.before;
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
        if (gapFrom == null) {
            gapFrom = ProcessDescriptors.INSTANCE.snapshot(atWork());
            suspended = true;
        }
    }

    /** Ends what {@link #suspend} began, if it did. */
    public void resume() {
        if (gapFrom != null) {
            gaps.add(new Gap(gapFrom, ProcessDescriptors.INSTANCE.snapshot(atWork())));
            gapFrom = null;
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

    /** The owner failed with this: what is part of it is no finding besides. */
    public void failedWith(Throwable failure) {
        seen.add(failure);
    }

    /**
     * Closes the account: notes what the owner left behind and gets rid of it, so that what comes next starts clean.
     *
     * @param own the loop that the owner ran on, still open, so that it can run while something on it may still end; null if there
     *     is none. A loop that a thread still runs is left alone
     */
    public LeakReport close(@Nullable EventLoop own) {
        try {
            if (own != null && !own.isRunning()) {
                settle(own);
            }
            closeLoops(own);
            resume();
            leaks.addAll(UncaughtExceptions.take(owner, seen));
            Descriptors.Pause pause = millis -> pause(own, millis);
            findDescriptors(pause);
            if (!policy.isOff(LeftThreads.KINDS)) {
                leaks.addAll(new LeftThreads(owner, leaks, pause).find());
            }
            leaks.addAll(UncaughtExceptions.take(owner, seen)); // of threads that were waited for
            leaks.addAll(detectors.end());
        } finally {
            OPEN.remove(this);
            ThreadOrigins.settle(owner);
        }
        LeakReport report = policy.judge(owner.name(), leaks);
        if (!report.isEmpty()) {
            AfterTheLast.mayHear(owner, policy, late);
        }
        AfterTheLast.report(OPEN::isEmpty, late);
        return report;
    }

    private void findDescriptors(Descriptors.Pause pause) {
        if (overlapped && !ProcessDescriptors.ownersAreKnown()) {
            ProcessDescriptors.INSTANCE.leaveOut();
        }
        if (!policy.isOff(LeakKind.FILE_DESCRIPTOR)) {
            leaks.addAll(ProcessDescriptors.INSTANCE.openedSince(before, this::isOurs, pause));
        }
        ProcessDescriptors.INSTANCE.snapshot(atWork());
        if (!overlapped) {
            ProcessDescriptors.INSTANCE.explain(lineage());
        }
        leaks.addAll(ProcessDescriptors.INSTANCE.collected(owner));
    }

    /**
     * Whether what was opened since this account was is charged to it. The evidence is the owner of the thread that opened it, which
     * is exact also among tests that overlap. What has none was opened by native code, or by a thread that works for nobody known,
     * such as one that the test started itself: that counts where nobody else was at work, since who else would have started it. The
     * arguments of parameterised tests are the class's, and made between its phases.
     */
    private boolean isOurs(Descriptor opened) {
        return opened.owner() == null
                ? !overlapped
                        && (gaps.stream().noneMatch(gap -> gap.contains(opened)) || JUnitFrames.isArgument(opened))
                : opened.owner() == owner;
    }

    private List<Owner> lineage() {
        List<Owner> owners = new ArrayList<>();
        for (Ledger ledger = this; ledger != null; ledger = ledger.parent) {
            owners.add(ledger.owner);
        }
        return owners;
    }

    private void settle(EventLoop loop) {
        Leftovers leftovers = new Leftovers(loop, owner);
        boolean clean = leftovers.isEmpty();
        if (!clean) {
            leftovers.settle();
            leaks.addAll(leftovers.find());
        }
        for (ExceptionContext failure : loop.takeFailures(owner)) {
            if (!seen.contain(failure.exception())) {
                leaks.add(Findings.of(failure));
            }
        }
        if (!clean) {
            List<Task<?>> survivors = leftovers.cancel();
            survivors.forEach(this::noteSurvivor);
            if (survivors.isEmpty()) { // or else one of them may be who schedules it
                leaks.addAll(leftovers.findEndless());
            }
            leftovers.cancelHandles();
        }
    }

    private void noteSurvivor(Task<?> task) {
        LeakLog.warn(owner + " left " + task + ", which ignores its cancellation");
    }

    private void closeLoops(@Nullable EventLoop own) {
        for (EventLoop loop : EventLoop.allLoops()) {
            if (loop != own && loop.owner() == owner) {
                leaks.add(LeftLoop.leak(loop.snapshot()));
                LeftLoop.close(loop, owner);
            }
        }
    }

    private static void pause(@Nullable EventLoop loop, long millis) throws InterruptedException {
        if (loop == null || loop.isClosed() || loop.isRunning()) {
            Thread.sleep(millis);
        } else {
            Leftovers.pause(loop, millis);
        }
    }
}
