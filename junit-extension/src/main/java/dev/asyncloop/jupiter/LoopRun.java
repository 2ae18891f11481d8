package dev.asyncloop.jupiter;

import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.Ledger;
import dev.asyncloop.leak.descriptors.TooManyOpenFiles;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.origin.Owner;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a test, or the life cycle of a class, has while it runs: an account of what it leaves behind, a loop, and one coroutine
 * for all its phases.
 *
 * <p>JUnit's store closes it, after all tear-down. The thread that JUnit runs the test on.
 */
final class LoopRun implements AutoCloseable {

    private final Owner owner;
    private final Ledger ledger;

    /** What its loop is like. */
    private final LoopSettings settings;

    /** Whose loop this uses, null where it has its own. */
    private final @Nullable LoopRun loopOf;

    /** Whose coroutine this uses, null where it has its own. */
    private final @Nullable LoopRun coroutineOf;

    /** Whom this keeps from using the same loop until it is closed; null where nobody can. */
    private final @Nullable Semaphore turn;

    /** Whether tests run between its phases: a class, or what is around classes. */
    private final boolean aroundTests;

    /** One test at a time on this run's loop, or dynamic test in its coroutine, also where JUnit was not told so. Taken by one thread, maybe given by another. */
    private final Semaphore sharing = new Semaphore(1, true);

    /** Set before anything of it runs. */
    private @Nullable LeakReporter reporter;

    /** Whether the instance is there, and nothing of the test has begun: JUnit also makes that of a test which it then skips. */
    private boolean instanceOnly;

    private final Fixtures fixtures = new Fixtures(this);

    /** Made under the lock of this: classes that share it may ask for it at the same time. */
    private volatile @Nullable EventLoop loop;

    private @Nullable MainTask main;
    private @Nullable Caretaker caretaker;

    private LoopRun(
            String name,
            @Nullable LoopRun parent,
            LoopSettings settings,
            @Nullable LoopRun loopOf,
            @Nullable LoopRun coroutineOf,
            @Nullable Semaphore turn,
            boolean aroundTests) {
        if (turn != null) {
            turn.acquireUninterruptibly();
        }
        this.owner = Owner.named(name);
        this.ledger = loopOf == null && settings.scope().isWiderThanClass()
                ? Ledger.ofServant(owner, null, settings.leaks().judge())
                : Ledger.open(
                        owner,
                        parent == null ? null : parent.ledger,
                        settings.leaks().judge());
        this.settings = settings;
        this.loopOf = loopOf;
        this.coroutineOf = coroutineOf;
        this.turn = turn;
        this.aroundTests = aroundTests;
        if (aroundTests) { // between whose phases tests run, and other extensions open what may outlive it
            ledger.suspend();
        }
    }

    /** A test with a loop of its own. */
    static LoopRun test(LoopRun ofClass, String name, LoopSettings settings) {
        return new LoopRun(name, ofClass, settings, null, null, null, false);
    }

    /** A test on the loop of {@code sharing}, which is its class or around that. */
    static LoopRun testOnLoopOf(LoopRun sharing, LoopRun ofClass, String name, LoopSettings settings) {
        LoopRun loopOwner = sharing.loopOwner();
        return new LoopRun(name, ofClass, settings, loopOwner, null, loopOwner.sharing, false);
    }

    /** A dynamic test of a factory, on its loop and in its coroutine; one after the other, also where JUnit runs them at the same time. */
    static LoopRun dynamicTest(LoopRun factory, String name) {
        return new LoopRun(name, factory, factory.settings, factory.loopOwner(), factory, factory.sharing, false);
    }

    /**
     * The life cycle of a class with a loop of its own, on which the tests run too where it is theirs; if not, it runs beside them, with
     * what was started on it.
     */
    static LoopRun ofClass(@Nullable LoopRun outer, String name, LoopSettings settings) {
        return new LoopRun(name, outer, settings, null, null, null, true);
    }

    /**
     * The life cycle of a class on the loop of {@code sharing}, which is around it, as is {@code outer}; the settings are for tests with
     * loops of their own.
     */
    static LoopRun classOnLoopOf(LoopRun sharing, LoopRun outer, String name, LoopSettings settings) {
        return new LoopRun(name, outer, settings, sharing.loopOwner(), null, null, true);
    }

    /** What classes share. It has no phases. */
    static LoopRun shared(String name, LoopSettings settings) {
        return new LoopRun(name, null, settings, null, null, null, true);
    }

    /** {@code reporter} is told of what is found, also of what is found once this is closed. */
    LoopRun reportingTo(LeakReporter reporter) {
        this.reporter = reporter;
        ledger.reportLateTo(reporter.late());
        return this;
    }

    private LeakReporter reporter() {
        return Objects.requireNonNull(reporter);
    }

    LoopRun loopOwner() {
        return loopOf == null ? this : loopOf;
    }

    Owner owner() {
        return owner;
    }

    /** Whose loop it runs on. */
    String loopOwnerName() {
        return loopOwner().name();
    }

    LoopSettings settings() {
        return settings;
    }

    String name() {
        return owner.name();
    }

    /** Those that live as long as this. */
    Fixtures fixtures() {
        return fixtures;
    }

    /** The account of a fixture that lives as long as this. */
    Ledger servant(Owner fixture) {
        Ledger servant = Ledger.ofServant(fixture, ledger, settings.leaks().judge());
        servant.reportLateTo(reporter().late());
        return servant;
    }

    /** The loop, made when it is first asked for. */
    EventLoop loop() {
        if (loopOf != null) {
            return loopOf.loop();
        }
        EventLoop made = loop;
        return made == null ? make() : made;
    }

    private synchronized EventLoop make() {
        EventLoop made = loop;
        if (made == null) {
            made = EventLoop.create(settings.options().owner(owner));
            loop = made;
        }
        return made;
    }

    private @Nullable EventLoop loopIfMade() {
        return loopOwner().loop;
    }

    private Caretaker caretaker() {
        LoopRun loopOwner = loopOwner();
        if (loopOwner.caretaker == null) {
            loopOwner.caretaker = new Caretaker(loopOwner.loop());
        }
        return loopOwner.caretaker;
    }

    /** Runs a phase in the coroutine, on the calling thread. */
    <T extends @Nullable Object> T run(MainTask.Phase<? extends T> phase) {
        return onLoop(() -> accountedFor(ledger, aroundTests, () -> coroutine().run(owner, phase)));
    }

    /** Runs {@code action}, for which {@code account} is resumed, and afterwards suspended if {@code briefly}. */
    <T extends @Nullable Object> T accountedFor(Ledger account, boolean briefly, Supplier<? extends T> action) {
        account.resume();
        try {
            return action.get();
        } catch (Throwable failure) {
            account.failedWith(failure);
            Orderings.note(failure, loop().ordering());
            TooManyOpenFiles.note(failure);
            throw failure;
        } finally {
            if (briefly) {
                account.suspend();
            }
        }
    }

    /** Has the loop for itself while {@code action} may run it. The calling thread. */
    <T extends @Nullable Object> T onLoop(Supplier<? extends T> action) {
        return inTurn(() -> {
            caretaker().handBack();
            try {
                return action.get();
            } finally {
                if (aroundTests) {
                    loopOwner().goOn();
                }
            }
        });
    }

    /** A test has had its turn since it began. */
    private <T extends @Nullable Object> T inTurn(Supplier<? extends T> action) {
        if (!aroundTests) {
            return action.get();
        }
        Semaphore others = loopOwner().sharing;
        others.acquireUninterruptibly();
        try {
            return action.get();
        } finally {
            others.release();
        }
    }

    /** What is on its loop goes on beside the tests that have their own; where these share it, virtual time is theirs. */
    private void goOn() {
        if (loop != null && (settings.scope() == Scope.METHOD || !settings.virtualTime())) {
            caretaker().takeOver();
        }
    }

    /** The instance is there, and other extensions fill it, perhaps with what they keep for other tests. */
    void instanceIsPrepared() {
        ledger.suspend();
        instanceOnly = !aroundTests;
    }

    /** All of that is done. */
    void instanceIsReady() {
        instanceOnly = false;
        if (!aroundTests) {
            ledger.resume();
        }
    }

    private MainTask coroutine() {
        if (coroutineOf != null) {
            return coroutineOf.coroutine();
        }
        if (main == null) {
            main = loop().account(owner).mainTask(owner.name(), settings.others());
        }
        return main;
    }

    /** Ends the coroutine: no phase follows. What is still on the loop goes on until {@link #close}. */
    void phasesEnded() {
        if (loopIfMade() != null) {
            inTurn(this::endPhases);
        }
    }

    private @Nullable Void endPhases() {
        if (caretaker().handBack()) {
            finishCoroutine();
            if (loopOf != null && aroundTests) {
                loopOf.goOn();
            } else {
                caretaker().takeOverAtRest();
            }
        }
        return null;
    }

    private void finishCoroutine() {
        if (main != null) {
            main.finish();
        }
    }

    /**
     * Throws a {@link LeakError} if something was left behind; nothing of it is there afterwards. A test that was skipped had no
     * tear-down, and is told nothing.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // or it would cut the clean-up short
        try {
            @Nullable Throwable failure = fixtures.close();
            LeakReport report = inTurn(this::settle);
            if (!instanceOnly) {
                failure = Failures.with(failure, published(report).orElse(null));
                if (aroundTests) {
                    settings.leaks().unused().ifPresent(text -> reporter().warn(name() + " " + text));
                }
            }
            if (failure != null) {
                throw Sneaky.rethrow(failure);
            }
        } finally {
            if (turn != null) {
                turn.release();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tells everybody of {@code report}, and returns what is to be thrown, if anything is. */
    Optional<LeakError> published(LeakReport report) {
        reporter().closed(report);
        Optional<LeakError> failure = report.failure();
        failure.ifPresent(leaks -> Orderings.note(leaks, loop().ordering()));
        return failure;
    }

    private LeakReport settle() {
        EventLoop present = loopIfMade();
        try {
            if (present != null && isIdle(present)) {
                finishCoroutine();
            }
            return ledger.close(present);
        } finally {
            if (loop != null && !loop.isRunning()) {
                loop.close();
            } else if (loopOf != null && loopOf.aroundTests) {
                loopOf.goOn();
            }
        }
    }

    /** Whether nobody runs the loop any more, after whoever did was asked to stop. */
    private boolean isIdle(EventLoop present) {
        if (!caretaker().handBack()) {
            present.callSoonThreadsafe(present::stop);
        }
        return caretaker().handBack();
    }
}
