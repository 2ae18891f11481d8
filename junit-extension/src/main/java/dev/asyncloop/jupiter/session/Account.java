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

/** The account of what a session or a fixture leaves behind, and who gets the reports. One thread at a time. */
public final class Account {

    private final Owner owner;
    private final Ledger ledger;
    private final Judge judge;
    private final SessionLoop loop;

    /** Gets the reports of the leaks, also of those that are found after this is closed. */
    private final LeakReporter reporter;

    /** What the loops were doing when JUnit ended the owner for its time; null if it did not. Any thread. */
    private volatile @Nullable TimeoutDump timeout;

    private Account(Owner owner, Ledger ledger, Judge judge, SessionLoop loop, LeakReporter reporter) {
        this.owner = owner;
        this.ledger = ledger;
        this.judge = judge;
        this.loop = loop;
        this.reporter = reporter;
        ledger.reportLateTo(reporter.late());
    }

    /** Opens the account of {@code owner}, within that of {@code parent}. */
    static Account open(Owner owner, @Nullable Account parent, Judge judge, SessionLoop loop, LeakReporter reporter) {
        Ledger ledger = Ledger.open(owner, parent == null ? null : parent.ledger, judge);
        ledger.keepsThingsIn(reporter.places());
        return new Account(owner, ledger, judge, loop, reporter);
    }

    /** Opens the account of what classes share. It begins suspended. */
    static Account ofShared(Owner owner, Judge judge, SessionLoop loop, LeakReporter reporter) {
        return new Account(owner, Ledger.ofServant(owner, null, judge), judge, loop, reporter);
    }

    /** Opens the account of a fixture that lives as long as the owner of this. It begins suspended. */
    Account ofFixture(Owner fixture) {
        return new Account(fixture, Ledger.ofServant(fixture, ledger, judge), judge, loop, reporter);
    }

    public Owner owner() {
        return owner;
    }

    /** Suspends the account: what is opened belongs to others, until {@link #resume} or the next phase. */
    void suspend() {
        ledger.suspend();
    }

    void resume() {
        ledger.resume();
    }

    /** Runs {@code phase} in {@code coroutine}, and charges this owner with what it starts. */
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

    /**
     * Runs {@code phase} for an owner that is at work in its phases only. Between them, others open what may outlive
     * the phase.
     */
    <T extends @Nullable Object> T runBriefly(MainCoroutine coroutine, Phase<? extends T> phase) {
        try {
            return run(coroutine, phase);
        } finally {
            ledger.suspend();
        }
    }

    /** Closes the account, which cancels or closes what is left. Called by whoever has the turn on the loop. */
    LeakReport close() {
        return ledger.close(loop.ifMade());
    }

    /**
     * Ends the coroutines {@code ending} if nobody runs the loop any more, closes this, and leaves the loop. Called by
     * whoever has the turn on the loop.
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

    /** JUnit is about to interrupt the owner. Any thread. */
    public void timesOut(TimeoutDump dump) {
        timeout = dump;
    }

    /** Publishes {@code report}, and returns the error to throw, if there is one. */
    Optional<LeakError> publish(LeakReport report) {
        TimeoutDump dump = timeout;
        if (dump != null) {
            reporter.failure().ifPresent(dump::addTo);
        }
        return publish(report, reporter.abortion().orElse(null));
    }

    /**
     * Publishes {@code report}, and returns the error to throw, if there is one. If the owner was aborted, there is
     * none: JUnit would take the owner for failed. The error is then suppressed in what aborted it.
     *
     * @param ending what the owner ended with; null if it ended well
     */
    Optional<LeakError> publish(LeakReport report, @Nullable Throwable ending) {
        Optional<LeakError> failure = report.failure();
        failure.ifPresent(leaks -> Orderings.note(leaks, loop.get().ordering()));
        if (ending == null || !LeakReporter.isAbortion(ending)) {
            reporter.closed(report);
            return failure;
        }
        reporter.closedAfterAbortion(report);
        failure.ifPresent(ending::addSuppressed);
        return Optional.empty();
    }

    /** Logs a warning, which is a whole sentence. */
    void warnThat(String sentence) {
        reporter.warn(sentence);
    }

    /** Logs a warning: the owner's name and {@code text} make its sentence. */
    void warn(String text) {
        reporter.warn(owner.name() + " " + text);
    }
}
