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

/** One account while it is closed: what its detectors may know, and what they have found so far. One thread. */
public final class Closing {

    private final Account account;
    private final @Nullable EventLoop own;
    private final @Nullable LoopLeftovers onLoop;
    private final List<Leak> leaks = new ArrayList<>();

    /** What detectors may ask of an account. */
    public interface Account {

        /** Whom it is kept for. */
        Owner owner();

        /** The owner, then those of the accounts around it, the nearest first. */
        List<Owner> lineage();

        /** The owners that are at work now. */
        List<Owner> atWork();

        /** Whether no other owner was at work at the same time. */
        boolean isAlone();

        /** Whether nobody is to hear of any of these. */
        boolean isOff(LeakKind... kinds);

        /** What the owner failed with. */
        SeenFailures seen();
    }

    /** {@code own} is the loop that the owner ran on, null if there is none. */
    public Closing(Account account, @Nullable EventLoop own) {
        this.account = account;
        this.own = own;
        this.onLoop = own == null || own.isRunning() ? null : new LoopLeftovers(own.account(account.owner()));
    }

    /** The account that is closed. */
    public Account account() {
        return account;
    }

    /** Whom the leaks are charged to. */
    public Owner owner() {
        return account.owner();
    }

    /** What is left on the owner's own loop; null where it has none, or a thread still runs it. */
    public @Nullable LoopLeftovers onLoop() {
        return onLoop;
    }

    /** The same where the detector is asked only if there is one. */
    LoopLeftovers ownLoop() {
        return Objects.requireNonNull(onLoop);
    }

    /** The loop that the owner ran on, also where a thread still runs it; null if there is none. */
    @Nullable
    EventLoop own() {
        return own;
    }

    /** Adds what was found. */
    public void add(Leak leak) {
        leaks.add(leak);
    }

    /** Adds what was found. */
    public void addAll(Collection<Leak> found) {
        leaks.addAll(found);
    }

    /** What was found so far. */
    public List<Leak> leaks() {
        return leaks;
    }

    /** Lets real time pass, with the owner's loop running where there is one that can. */
    public void pause(long millis) throws InterruptedException {
        if (own == null || own.isClosed() || own.isRunning()) {
            Thread.sleep(millis);
        } else {
            RealTime.pass(own, millis);
        }
    }
}
