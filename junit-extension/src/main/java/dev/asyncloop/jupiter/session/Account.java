package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.Ledger;
import dev.asyncloop.leak.descriptors.TooManyOpenFiles;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.origin.Owner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session or a fixture leaves behind, and whom that is told. One thread at a time. */
public final class Account {

    private final Owner owner;
    private final Ledger ledger;
    private final Judge judge;
    private final SessionLoop loop;

    /** Is told of what is found, also of what is found once this is closed. */
    private final LeakReporter reporter;

    private Account(Owner owner, Ledger ledger, Judge judge, SessionLoop loop, LeakReporter reporter) {
        this.owner = owner;
        this.ledger = ledger;
        this.judge = judge;
        this.loop = loop;
        this.reporter = reporter;
        ledger.reportLateTo(reporter.late());
    }

    /** Opens that of {@code owner}, which is within that of {@code parent}. */
    static Account open(Owner owner, @Nullable Account parent, Judge judge, SessionLoop loop, LeakReporter reporter) {
        Ledger ledger = Ledger.open(owner, parent == null ? null : parent.ledger, judge);
        return new Account(owner, ledger, judge, loop, reporter);
    }

    /** Opens that of what classes share. It is suspended. */
    static Account ofShared(Owner owner, Judge judge, SessionLoop loop, LeakReporter reporter) {
        return new Account(owner, Ledger.ofServant(owner, null, judge), judge, loop, reporter);
    }

    /** Opens that of a fixture that lives as long as the owner of this. It is suspended. */
    Account ofFixture(Owner fixture) {
        return new Account(fixture, Ledger.ofServant(fixture, ledger, judge), judge, loop, reporter);
    }

    public Owner owner() {
        return owner;
    }

    /** What is opened from now on is somebody else's, until {@link #resume} or the next phase. */
    void suspend() {
        ledger.suspend();
    }

    void resume() {
        ledger.resume();
    }

    /** Runs {@code phase} in {@code coroutine}, charged to this. */
    <T extends @Nullable Object> T run(MainCoroutine coroutine, Phase<? extends T> phase) {
        ledger.resume();
        try {
            return coroutine.run(owner, phase);
        } catch (Throwable failure) {
            ledger.failedWith(failure);
            Orderings.note(failure, loop.get().ordering());
            TooManyOpenFiles.note(failure);
            throw failure;
        }
    }

    /** The same for whoever is at work in its phases only: between them, others open what may outlive it. */
    <T extends @Nullable Object> T runBriefly(MainCoroutine coroutine, Phase<? extends T> phase) {
        try {
            return run(coroutine, phase);
        } finally {
            ledger.suspend();
        }
    }

    /** Looks at what is left, and cancels or closes it. Who has the turn on the loop. */
    LeakReport close() {
        return ledger.close(loop.ifMade());
    }

    /**
     * Ends {@code ending}, if nobody runs the loop any more, closes this, and leaves the loop. Who has the turn on it.
     */
    LeakReport settle(MainCoroutine... ending) {
        try {
            if (loop.isStopped()) {
                for (MainCoroutine each : ending) {
                    each.finish();
                }
            }
            return close();
        } finally {
            loop.leave(owner);
        }
    }

    /** Tells everybody of {@code report}, and returns what is to be thrown, if anything is. */
    Optional<LeakError> publish(LeakReport report) {
        reporter.closed(report);
        Optional<LeakError> failure = report.failure();
        failure.ifPresent(leaks -> Orderings.note(leaks, loop.get().ordering()));
        return failure;
    }

    /** Says of the owner what {@code text} says. */
    void warn(String text) {
        reporter.warn(owner.name() + " " + text);
    }
}
