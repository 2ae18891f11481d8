package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An account that is being closed: what its detectors may know, and the leaks they have found so far. One thread. */
public final class Closing {

    private final Account account;
    private final @Nullable EventLoop own;
    private final @Nullable LoopLeftovers onLoop;
    private final List<Leak> leaks = new ArrayList<>();
    private final List<Leak> kept = new ArrayList<>();

    /** What an account tells its detectors. */
    public interface Account {

        /** The owner of the account. */
        Owner owner();

        /** The owner, then the owners of the accounts around it, from the nearest outwards. */
        List<Owner> lineage();

        /** The owners that are at work now. */
        List<Owner> atWork();

        /** Whether no other owner was at work at the same time. */
        boolean isAlone();

        /** Whether leaks of all these kinds are ignored. */
        boolean isOff(LeakKind... kinds);

        /** Whether a leak like this is ignored, allowed or known, so that nothing is to be found out about it. */
        boolean letsPass(Leak leak);

        /** Where the owner, and the owners of the accounts around it, keep things, from the owner outwards. */
        List<Surroundings> surroundings();

        /** The failures of the owner that its user sees anyway. */
        SeenFailures seen();
    }

    /** {@code own} is the loop that the owner ran on, null if there is none. */
    public Closing(Account account, @Nullable EventLoop own) {
        this.account = account;
        this.own = own;
        this.onLoop = own == null || own.isRunning() ? null : new LoopLeftovers(own.account(account.owner()));
    }

    /** The account that is being closed. */
    public Account account() {
        return account;
    }

    /** The owner that the leaks are charged to. */
    public Owner owner() {
        return account.owner();
    }

    /** What is left on the owner's loop; null if there is no loop, or a thread still runs it. */
    public @Nullable LoopLeftovers onLoop() {
        return onLoop;
    }

    /** What is left on the owner's loop, for a detector that is asked only if there is a loop. */
    LoopLeftovers ownLoop() {
        return Objects.requireNonNull(onLoop);
    }

    /** The loop that the owner ran on, even if a thread still runs it; null if there is none. */
    @Nullable
    EventLoop own() {
        return own;
    }

    /** Adds a leak. */
    public void add(Leak leak) {
        leaks.add(leak);
    }

    /** Adds leaks. */
    public void addAll(Collection<Leak> found) {
        leaks.addAll(found);
    }

    /** Adds what is open and is nobody's, since something holds it for the whole run. */
    public void addKept(Collection<Leak> found) {
        kept.addAll(found);
    }

    /** What is open and is nobody's. */
    public List<Leak> kept() {
        return kept;
    }

    /** The leaks that were found so far. */
    public List<Leak> leaks() {
        return leaks;
    }

    /** Lets real time pass. Runs the owner's loop meanwhile if there is one that can run. */
    public void pause(long millis) throws InterruptedException {
        if (own == null || own.isClosed() || own.isRunning()) {
            Thread.sleep(millis);
        } else {
            RealTime.pass(own, millis);
        }
    }
}
