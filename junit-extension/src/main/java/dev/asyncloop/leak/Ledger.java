package dev.asyncloop.leak;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopSnapshot;
import dev.asyncloop.loop.Owner;
import dev.asyncloop.loop.Task;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final Owner owner;
    private final @Nullable Ledger parent;
    private final DescriptorSnapshot before;
    private final List<Leak> leaks = new ArrayList<>();

    /** Another owner was active at the same time, so that what the process has open cannot be charged to one. */
    private volatile boolean overlapped;

    private Ledger(Owner owner, @Nullable Ledger parent) {
        this.owner = owner;
        this.parent = parent;
        this.before = ProcessDescriptors.INSTANCE.snapshot();
    }

    /**
     * Opens the account of {@code owner}. Any thread.
     *
     * @param parent the account of the class of a test, or of whatever else surrounds it
     */
    public static Ledger open(Owner owner, @Nullable Ledger parent) {
        Ledger ledger = new Ledger(owner, parent);
        OPEN.add(ledger);
        for (Ledger other : OPEN) {
            if (other != ledger && !ledger.isWithin(other)) {
                other.overlapped = true;
                ledger.overlapped = true;
            }
        }
        return ledger;
    }

    private boolean isWithin(Ledger other) {
        return parent != null && (parent == other || parent.isWithin(other));
    }

    /** Whether {@code owner} still has something on {@code loop}. Any thread. */
    public boolean hasLeftovers(EventLoop loop) {
        return !new Leftovers(loop, owner).isEmpty();
    }

    /**
     * Notes what the owner left on {@code loop}, then cancels it and waits for its end, so that what comes next starts clean.
     * The loop must not be running.
     */
    public void settle(EventLoop loop) {
        Leftovers leftovers = new Leftovers(loop, owner);
        if (leftovers.isEmpty()) {
            return;
        }
        leftovers.settle();
        leaks.addAll(leftovers.find());
        leftovers.cancel().forEach(this::noteSurvivor);
    }

    private void noteSurvivor(Task<?> task) {
        System.getLogger("dev.asyncloop")
                .log(Level.WARNING, owner + " left " + task + ", which ignores its cancellation");
    }

    /** Closes the account, and the loops that the owner left open: what it left behind, if anything. */
    public Optional<LeakError> close(@Nullable EventLoop own) {
        OPEN.remove(this);
        for (EventLoop loop : EventLoop.allLoops()) {
            if (loop.owner() == owner && loop != own) {
                LoopSnapshot snapshot = loop.snapshot();
                leaks.add(LeftLoop.leak(snapshot));
                LeftLoop.close(loop, owner);
            }
        }
        if (!overlapped) {
            leaks.addAll(ProcessDescriptors.INSTANCE.openedSince(before));
        }
        return leaks.isEmpty() ? Optional.empty() : Optional.of(new LeakError(owner.name(), leaks));
    }
}
