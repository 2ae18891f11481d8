package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.Ledger;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.MainTask;
import dev.asyncloop.loop.Owner;
import java.time.Duration;
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

    /** How long a body that was given up on another thread may take to leave the loop. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final Owner owner;
    private final Ledger ledger;

    /** Whose loop this uses, null where it has its own. */
    private final @Nullable LoopRun loopOf;

    /** Whose coroutine this uses, null where it has its own. */
    private final @Nullable LoopRun coroutineOf;

    /** Whom this keeps from using the same loop until it is closed; null where nobody can. */
    private final @Nullable Semaphore turn;

    /** One test at a time on this run's loop, also where JUnit was not told so. Taken by one thread, maybe given by another. */
    private final Semaphore sharing = new Semaphore(1, true);

    private @Nullable EventLoop loop;
    private @Nullable MainTask main;
    private @Nullable Thread afterHours;

    private LoopRun(
            String name,
            @Nullable LoopRun parent,
            @Nullable LoopRun loopOf,
            @Nullable LoopRun coroutineOf,
            @Nullable Semaphore turn) {
        if (turn != null) {
            turn.acquireUninterruptibly();
        }
        this.owner = Owner.named(name);
        this.ledger = Ledger.open(owner, parent == null ? null : parent.ledger);
        this.loopOf = loopOf;
        this.coroutineOf = coroutineOf;
        this.turn = turn;
    }

    /** With a loop of its own, in the account of {@code parent}. */
    static LoopRun separate(@Nullable LoopRun parent, String name) {
        return new LoopRun(name, parent, null, null, null);
    }

    /** A test on the loop of its class. */
    static LoopRun sharing(LoopRun ofClass, String name) {
        LoopRun loopOwner = ofClass.loopOwner();
        return new LoopRun(name, ofClass, loopOwner, null, loopOwner.sharing);
    }

    /** A class within another, on the loop of that. */
    static LoopRun within(LoopRun outer, String name) {
        return new LoopRun(name, outer, outer.loopOwner(), null, null);
    }

    /** A dynamic test of a factory. */
    static LoopRun partOf(LoopRun factory, String name) {
        return new LoopRun(name, factory, factory.loopOwner(), factory, null);
    }

    private LoopRun loopOwner() {
        return loopOf == null ? this : loopOf;
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
            loop = EventLoop.create(owner);
        }
        return loop;
    }

    private @Nullable EventLoop loopIfMade() {
        return loopOwner().loop;
    }

    /** Runs a phase in the coroutine, on the calling thread. */
    <T extends @Nullable Object> T run(MainTask.Phase<? extends T> phase) {
        loop().awaitStopped(GRACE);
        return coroutine().run(owner, phase);
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

    /**
     * Ends the coroutine: no phase follows. Where something is still on the loop, the loop runs on until {@link #close}, on a
     * thread of ours, because what JUnit tears down until then ({@code @AutoClose}, other extensions) may wait for it.
     */
    void phasesEnded() {
        EventLoop present = loopIfMade();
        if (present == null || !present.awaitStopped(GRACE)) {
            return;
        }
        finishCoroutine();
        if (ledger.hasLeftovers(present)) {
            afterHours =
                    Thread.ofPlatform().daemon().name("asyncloop-tear-down").start(present::runForever);
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
            }
        }
    }

    /** Whether nobody runs the loop any more, after whoever did was asked to stop. */
    private boolean isIdle(EventLoop present) {
        if (afterHours != null) {
            end(afterHours, present);
        }
        if (!present.awaitStopped(GRACE)) {
            present.callSoonThreadsafe(present::stop);
        }
        return present.awaitStopped(GRACE);
    }

    /** The thread may not even have begun: then it stops as soon as it has. */
    private static void end(Thread running, EventLoop loop) {
        loop.callSoonThreadsafe(loop::stop);
        try {
            running.join(GRACE);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
