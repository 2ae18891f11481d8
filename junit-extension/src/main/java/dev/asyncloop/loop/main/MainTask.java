package dev.asyncloop.loop.main;

import dev.asyncloop.jdk.SharedThreadLocals;
import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.core.Here;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.watch.RunWatch;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One coroutine that runs several bodies one after the other: the set-up of a test, the test, and its tear-down.
 *
 * <p>Between them it waits, so that a lock taken in one can be released in a later one, and
 * {@code Thread.currentThread()} is the same in all. While a body runs it has the thread-locals and the context class
 * loader of the thread that drives the loop.
 *
 * <p>One thread at a time, while the loop does not run.
 */
public final class MainTask {

    /** A body that may throw anything. */
    @FunctionalInterface
    public interface Phase<T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @throws Throwable whatever it throws
         */
        T run() throws Throwable;
    }

    private final LoopCore core;
    private final String name;
    private final Owner owner;

    /** How long each body may take. */
    private final @Nullable Duration timeout;

    /** The task and what it should do next. Written by the driving thread between runs, read by the task. */
    private @Nullable Coroutine task;

    private volatile @Nullable PhaseFuture<?> next;

    /**
     * The phase that {@link #task} was given last. Written before the run, since the next run may begin on another
     * thread as soon as this one has left the loop.
     */
    private volatile @Nullable PhaseFuture<?> last;

    /**
     * One on the loop of {@code core}, whose thread has that name; what it starts is charged to {@code owner}.
     *
     * @param timeout how long each body may take; null for as long as it likes
     */
    public MainTask(LoopCore core, String name, Owner owner, @Nullable Duration timeout) {
        this.core = core;
        this.name = name;
        this.owner = owner;
        this.timeout = timeout;
    }

    /**
     * Runs the loop on the calling thread until {@code body} ended in this coroutine, and returns its result. Throws
     * what the body throws. If the calling thread is interrupted and the body does not end, the body is given up: it
     * stays where it is, without the thread-locals, and later bodies run in a new coroutine.
     *
     * @throws IllegalStateException as {@code EventLoop.runUntilComplete}
     */
    public <T extends @Nullable Object> T run(Phase<? extends T> body) {
        return run(owner, body);
    }

    /** The same, with what {@code body} starts charged to {@code charged}. */
    public <T extends @Nullable Object> T run(Owner charged, Phase<? extends T> body) {
        core.ensureCanRun();
        RunWatch.of(core).guard().timeout(timeout);
        Coroutine coroutine = coroutine();
        coroutine.work(charged);
        PhaseFuture<T> phase = new PhaseFuture<>(coroutine, body);
        last = phase;
        next = phase;
        boolean shares = core.sharesThreadLocals();
        if (shares) {
            SharedThreadLocals.lend(coroutine.thread());
        }
        try {
            core.wake(coroutine);
            return core.runUntilComplete(() -> phase);
        } finally {
            if (shares) {
                SharedThreadLocals.takeBack(coroutine.thread());
            }
            if (phase.isDone() && last == phase) {
                coroutine.rest();
            }
        }
    }

    /** Lets the coroutine end. Does nothing where none was started, or where it was given up. */
    public void finish() {
        Coroutine coroutine = task;
        if (coroutine == null || isGivenUp() || coroutine.isDone()) {
            return;
        }
        task = null;
        core.wake(coroutine);
        core.runUntilComplete(coroutine::outcome);
    }

    /** Whether the task is still in the middle of a phase, though nobody runs the loop. */
    private boolean isGivenUp() {
        PhaseFuture<?> phase = last;
        return phase != null && !phase.isDone();
    }

    private Coroutine coroutine() {
        Coroutine present = task;
        if (present == null || isGivenUp()) {
            present = core.start(CoroutineKind.MAIN, name, owner, () -> {
                performPhases();
                return null;
            });
            task = present;
        }
        return present;
    }

    private void performPhases() {
        Coroutine me = Here.requireCoroutine();
        while (task == me) {
            PhaseFuture<?> phase = next;
            if (phase == null) {
                core.suspend(me);
                if (Thread.interrupted()) { // kept, the interruption would keep it from parking
                    me.cancellation().putOff();
                }
            } else {
                next = null;
                phase.perform();
            }
        }
    }
}
