package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.Ledger;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.MainTask;
import dev.asyncloop.loop.Owner;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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

    /** How its loop is made, where it has its own. */
    private final LoopOptions options;

    /** Whose loop this uses, null where it has its own. */
    private final @Nullable LoopRun loopOf;

    /** Whose coroutine this uses, null where it has its own. */
    private final @Nullable LoopRun coroutineOf;

    /** Whom this keeps from using the same loop until it is closed; null where nobody can. */
    private final @Nullable Semaphore turn;

    /** Whether its loop also runs while no phase of its own does. */
    private final boolean runsBetweenPhases;

    /** One test at a time on this run's loop, also where JUnit was not told so. Taken by one thread, maybe given by another. */
    private final Semaphore sharing = new Semaphore(1, true);

    private boolean chargedForPhasesOnly;
    private @Nullable EventLoop loop;
    private @Nullable MainTask main;
    private @Nullable Caretaker caretaker;

    private LoopRun(
            String name,
            @Nullable LoopRun parent,
            @Nullable LoopRun loopOf,
            @Nullable LoopRun coroutineOf,
            @Nullable Semaphore turn,
            boolean runsBetweenPhases,
            LoopOptions options) {
        if (turn != null) {
            turn.acquireUninterruptibly();
        }
        this.owner = Owner.named(name);
        this.ledger = Ledger.open(owner, parent == null ? null : parent.ledger);
        this.loopOf = loopOf;
        this.coroutineOf = coroutineOf;
        this.turn = turn;
        this.runsBetweenPhases = runsBetweenPhases;
        this.options = options;
    }

    /** A test with a loop of its own. */
    static LoopRun test(LoopRun ofClass, String name, LoopOptions options) {
        return new LoopRun(name, ofClass, null, null, null, false, options);
    }

    /** A test on the loop of its class. */
    static LoopRun testOnLoopOf(LoopRun ofClass, String name) {
        LoopRun loopOwner = ofClass.loopOwner();
        return new LoopRun(name, ofClass, loopOwner, null, loopOwner.sharing, false, ofClass.options);
    }

    /** A dynamic test of a factory, on its loop and in its coroutine. */
    static LoopRun dynamicTest(LoopRun factory, String name) {
        return new LoopRun(name, factory, factory.loopOwner(), factory, null, false, factory.options);
    }

    /**
     * The life cycle of a class with a loop of its own.
     *
     * @param shared whether the tests run on that loop too; if not, it runs beside them, with what was started on it
     */
    static LoopRun ofClass(@Nullable LoopRun outer, String name, boolean shared, LoopOptions options) {
        return new LoopRun(name, outer, null, null, null, !shared, options).chargedForPhasesOnly();
    }

    /** The life cycle of a class on the loop of a class around it. */
    static LoopRun classOnLoopOf(LoopRun outer, String name) {
        return new LoopRun(name, outer, outer.loopOwner(), null, null, false, outer.options).chargedForPhasesOnly();
    }

    /** Between the phases of a class its tests run, and other extensions open what may outlive it. */
    private LoopRun chargedForPhasesOnly() {
        chargedForPhasesOnly = true;
        ledger.suspend();
        return this;
    }

    private LoopRun loopOwner() {
        return loopOf == null ? this : loopOf;
    }

    Owner owner() {
        return owner;
    }

    String name() {
        return owner.name();
    }

    /** The loop, made when it is first asked for. */
    EventLoop loop() {
        if (loopOf != null) {
            return loopOf.loop();
        }
        if (loop == null) {
            loop = EventLoop.create(options.owner(owner));
        }
        return loop;
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
        caretaker().handBack();
        ledger.resume();
        try {
            return coroutine().run(owner, phase);
        } finally {
            if (chargedForPhasesOnly) {
                ledger.suspend();
            }
            if (runsBetweenPhases) {
                caretaker().takeOver();
            }
        }
    }

    /** The instance is there, and other extensions fill it, perhaps with what they keep for other tests. */
    void instanceIsPrepared() {
        ledger.suspend();
    }

    /** All of that is done. */
    void instanceIsReady() {
        if (!chargedForPhasesOnly) {
            ledger.resume();
        }
    }

    private MainTask coroutine() {
        if (coroutineOf != null) {
            return coroutineOf.coroutine();
        }
        if (main == null) {
            main = new MainTask(loop(), owner.name(), owner);
        }
        return main;
    }

    /** Ends the coroutine: no phase follows. What is still on the loop goes on until {@link #close}. */
    void phasesEnded() {
        if (loopIfMade() != null && caretaker().handBack()) {
            finishCoroutine();
            caretaker().takeOver();
        }
    }

    private void finishCoroutine() {
        if (main != null) {
            main.finish();
        }
    }

    /** Throws a {@link LeakError} if something was left behind; nothing of it is there afterwards. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // or it would cut the clean-up short
        try {
            settle().ifPresent(leaks -> {
                throw leaks;
            });
        } finally {
            if (turn != null) {
                turn.release();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<LeakError> settle() {
        EventLoop present = loopIfMade();
        try {
            if (present != null && isIdle(present)) {
                finishCoroutine();
            }
            return ledger.close(present);
        } finally {
            if (loop != null && !loop.isRunning()) {
                loop.close();
            } else if (loopOf != null && loopOf.runsBetweenPhases) {
                caretaker().takeOver();
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
